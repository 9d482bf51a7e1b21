import { z } from 'zod'
import { QualityControl } from '#lib/analysis/present-quality.ts'
import { WireRun } from '#lib/analysis/run-wire.ts'
import { OverviewConditions, OverviewFilter } from '#lib/insights/overview-filter.ts'
import { SampleOverview, SampleOverviewPage } from '#lib/insights/overview-wire.ts'
import { AcceptReason } from '#lib/samples/accept-samples.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import { SampleConditions, SampleFilter } from '#lib/samples/sample-filter.ts'
import { SampleIds } from '#lib/samples/sample-ids.ts'
import {
  CanceledSamples,
  ChangedSamples,
  ChecksumQuery,
  FileTypeFilter,
  FileTypeItem,
  LastStatus,
  SampleDetails,
  SampleListItem,
  SampleMetadata,
} from '#lib/samples/wire.ts'
import { WireUploadTry } from '#lib/sessions/upload/try-wire.ts'
import { SampleNotificationItem } from '#lib/webhooks/wire.ts'
import { EVENT_TYPE_KEY } from '../events.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf, placedQuery } from '../page-of.ts'
import { FILE, UPLOAD_SESSION } from '../sample-parts.ts'

const notification_event_type = EVENT_TYPE_KEY

const SEARCH =
  'Part of the id, of the client id, or of the metadata; what is shorter than three letters or digits, the beginning of the client id.'

const CONDITION_WORDS = {
  search: SEARCH,
  status: `\`all\`, \`completed\`, \`succeeded\`, \`failed\`, \`running\`, or one of: ${SAMPLE_STATUSES.join(', ')}.`,
  hidden_status: 'Whether hidden samples are among them.',
  archive_status: 'Accepted for compatibility; no sample is ever archived.',
  created_after: 'ISO 8601; UTC where no offset is given.',
  created_before: 'ISO 8601; UTC where no offset is given.',
  modified_after: 'ISO 8601; UTC where no offset is given.',
  modified_before: 'ISO 8601; UTC where no offset is given.',
}
/** Which samples of a project. */
export const SAMPLE_CONDITIONS = described(SampleConditions, CONDITION_WORDS)
const FILTER = described(SampleFilter, {
  ...CONDITION_WORDS,
  sort_by: 'What to sort by.',
  sort_order: 'Newest or oldest first.',
})

const OVERVIEW_WORDS = {
  project: 'Only samples of this project; by default of every project you can see.',
  search: SEARCH,
  status: `Any of these, separated by commas: ${SAMPLE_STATUSES.join(', ')}.`,
  reason: 'Why the link ended, or why its last file was refused.',
  vendor: 'Vendor of the accepted file.',
  hidden_status: 'Whether to list hidden samples.',
  created_after: 'ISO 8601; UTC where no offset is given.',
  created_before: 'ISO 8601; UTC where no offset is given.',
  modified_after: 'ISO 8601; UTC where no offset is given.',
  modified_before: 'ISO 8601; UTC where no offset is given.',
}
const OVERVIEW_CONDITIONS = described(OverviewConditions, OVERVIEW_WORDS)

const OVERVIEW_FILTER = described(OverviewFilter, {
  ...OVERVIEW_WORDS,
  sort_by: 'What to sort by.',
  sort_order: 'Newest or oldest first.',
})

const SAMPLE_SHAPE = SampleDetails.extend({
  files: z.array(FILE),
  qc: z.record(z.string(), z.unknown()).nullable(),
  upload_session: UPLOAD_SESSION.nullable(),
})
const SAMPLE = explained(SAMPLE_SHAPE, {
  run: 'The newest analysis; null before there is one.',
  client_id: 'Your own name for it; for an uploaded raw data file, the sample id.',
  last_status: 'The current status.',
  reference:
    'What you call it: `client_id` where you gave one, else `your_reference` or `reference` in its metadata, as one line, cut after 200 characters. It is copied into the report and `qc-json` of a run.',
  files:
    'Deliverables of a sample that has ended, failed ones too. Each `download_url` works for an hour without a key.',
  failed_qc: 'Keys of the checks that failed; `last_status.note` has the words.',
  qc: 'What the analysis measured.',
  upload_session: 'The link it was created with, and why its last file was refused.',
})

const METADATA = named('SampleMetadata', described(SampleMetadata, { metadata: 'Any JSON, at most 16 KB.' }))
const SAMPLE_IDS = named(
  'SampleIds',
  described(SampleIds, { sample_ids: 'Samples of the project, at most 1,000: all of them or none.' }),
)

const CHANGED_SAMPLES = named('ChangedSamples', ChangedSamples)
const ACCEPT_SAMPLES = named(
  'AcceptSamples',
  described(SampleIds.extend(AcceptReason.shape), {
    sample_ids: 'Samples of the project, at most 1,000.',
    reason: 'Why they are accepted, in at most 500 characters; everyone who sees the samples can read it.',
  }),
)

export const SAMPLE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getSample',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/samples/{sample_id}',
    right: 'sample_read',
    summary: 'Get a sample',
    answer: { status: 200, words: 'The complete sample.', body: named('SampleDetails', SAMPLE) },
  },
  {
    id: 'listSamples',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/project-samples/{project_id}',
    right: 'sample_read',
    summary: 'List the samples of a project',
    more: 'Read on by `next`: it costs the same however far into the list. Where few match among very many, a page may end before it is full, and `next` goes on; the first is empty only where nothing is found.',
    query: placedQuery(FILTER),
    answer: {
      status: 200,
      words: 'A page of samples.',
      body: pageOf(named('SampleListItem', SampleListItem), {
        count_is_estimate: z
          .literal(true)
          .optional()
          .describe('Above 10,000 samples `count` is not exact, nor where each filter finds many.'),
      }),
    },
  },
  {
    id: 'listAllSamples',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/samples/',
    right: 'sample_read',
    ours: true,
    summary: 'List the samples of all your projects',
    more: '`count` is of all up to 10,000. With `more` there may be others: it is then of the first 10,000, of fewer where many match each filter and not all of them, or of the rows up to here. `next` leads to the last sample however many there are. Where few match among very many, a page may end before it is full, or empty: `next` goes on. An `offset` beyond 10,000 is refused.',
    query: placedQuery(OVERVIEW_FILTER),
    answer: {
      status: 200,
      words: 'A page of samples.',
      body: {
        ...named('SampleOverviewPage', SampleOverviewPage),
        item: named('SampleOverview', SampleOverview),
      },
    },
  },
  {
    id: 'exportSamples',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/samples-export/',
    right: 'sample_read',
    ours: true,
    summary: 'Export samples as CSV',
    more: 'Takes the same filters, but no order: newest first, at most 100,000 rows. Cells that a spreadsheet would run as a formula start with an apostrophe.',
    query: OVERVIEW_CONDITIONS,
    answer: {
      status: 200,
      words: 'A header row, and one row for each sample.',
      body: named('SampleExport', z.string()),
      media: 'text/csv',
    },
  },
  {
    id: 'listSampleUploads',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-uploads/{sample_id}',
    right: 'sample_read',
    ours: true,
    summary: 'List the files that were sent for a sample',
    more: 'Includes refused files, each with its reason. File names are not stored.',
    query: listQuery(),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('UploadTry', WireUploadTry)) },
  },
  {
    id: 'listSampleRuns',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-runs/{sample_id}',
    right: 'sample_read',
    ours: true,
    summary: 'List the analyses of a sample',
    query: listQuery(),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('Run', WireRun)) },
  },
  {
    id: 'listSampleNotifications',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-notifications/{sample_id}',
    right: 'sample_read',
    ours: true,
    summary: 'List the webhook notifications about a sample',
    query: listQuery(),
    answer: {
      status: 200,
      words: 'Newest first.',
      body: pageOf(named('SampleNotification', SampleNotificationItem.extend({ notification_event_type }))),
    },
  },
  {
    id: 'listStatuses',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-statuses/{sample_id}',
    right: 'sample_read',
    summary: 'List every status a sample has had',
    query: listQuery(),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('SampleStatus', LastStatus)) },
  },
  {
    id: 'getMetadata',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-metadata/{sample_id}',
    right: 'sample_read',
    summary: 'Get the metadata of a sample',
    answer: { status: 200, words: 'The metadata you gave; null when you gave none.', body: METADATA },
  },
  {
    id: 'setMetadata',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/sample-metadata/{sample_id}',
    right: 'run_analysis',
    summary: 'Replace the metadata of a sample',
    body: METADATA,
    answer: { status: 201, words: 'The metadata now stored.', body: METADATA },
    example: { metadata: { your_reference: 'order-1234', paid: true } },
  },
  {
    id: 'listQualityControls',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/sample-quality-controls/{sample_id}',
    right: 'sample_read',
    summary: 'List the quality checks of a sample',
    query: listQuery(),
    answer: {
      status: 200,
      words: 'Every check; empty before the analysis.',
      body: pageOf(named('QualityControl', QualityControl)),
    },
  },
  {
    id: 'cancelSamples',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/project-cancel-samples/{project_id}',
    right: 'run_analysis',
    summary: 'Cancel samples',
    more: 'Open links end and running analyses stop. Samples that have ended keep their status.',
    body: SAMPLE_IDS,
    answer: { status: 200, words: 'How many.', body: named('CanceledSamples', CanceledSamples) },
    example: { sample_ids: ['{sample_id}'] },
  },
  {
    id: 'rerunSamples',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/project-rerun-samples/{project_id}',
    right: 'run_analysis',
    summary: 'Analyse failed samples again',
    more: 'For samples in `failed` or `failed qc`, by the rules the project has now. Their files stay until the new ones replace them. Samples in another status keep it, and so do those whose original file retention has erased.',
    body: SAMPLE_IDS,
    answer: { status: 200, words: 'The samples that are scheduled now.', body: CHANGED_SAMPLES },
    example: { sample_ids: ['{sample_id}'] },
  },
  {
    id: 'acceptSamples',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/project-accept-samples/{project_id}',
    right: 'project_write',
    summary: 'Accept samples in spite of their quality checks',
    more: 'Samples in `failed qc` become `succeeded`, with the reason in `note` and the events of an analysis that ends. The checks stay as they were. Samples in another status keep it.',
    body: ACCEPT_SAMPLES,
    answer: { status: 200, words: 'The samples that are accepted.', body: CHANGED_SAMPLES },
    example: { sample_ids: ['{sample_id}'], reason: 'The low call rate is known and harmless here.' },
  },
  {
    id: 'hideSamples',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/project-hide-samples/{project_id}',
    right: 'project_write',
    summary: 'Hide samples',
    more: 'Lists leave them out unless `hidden_status` asks for them. Nothing else changes.',
    body: SAMPLE_IDS,
    answer: { status: 204, words: 'The samples are hidden.', body: null },
    example: { sample_ids: ['{sample_id}'] },
  },
  {
    id: 'showSamples',
    tag: 'Samples',
    method: 'POST',
    path: '/api/v2/project-unhide-samples/{project_id}',
    right: 'project_write',
    summary: 'Show hidden samples again',
    body: SAMPLE_IDS,
    answer: { status: 204, words: 'The samples are listed again.', body: null },
    example: { sample_ids: ['{sample_id}'] },
  },
  {
    id: 'deleteSamples',
    tag: 'Samples',
    method: 'DELETE',
    path: '/api/v2/project-delete-samples/{project_id}',
    right: 'project_write',
    summary: 'Delete samples for good',
    more: 'Erases files, metadata and history. Only the fact that the sample existed is kept.',
    body: SAMPLE_IDS,
    answer: { status: 204, words: 'The samples are deleted.', body: null },
    example: { sample_ids: ['{sample_id}'] },
  },
  {
    id: 'getChecksum',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/files/{file_id}.sha256',
    right: 'sample_read',
    summary: 'Get the checksum of a deliverable',
    query: described(ChecksumQuery, { filename: 'Name to put beside the digest.' }),
    answer: {
      status: 200,
      words: 'One line, as `sha256sum -c` reads it.',
      body: named('Checksum', z.string()),
      media: 'text/plain',
    },
  },
  {
    id: 'listFileTypes',
    tag: 'Samples',
    method: 'GET',
    path: '/api/v2/file-types/',
    right: 'sample_read',
    summary: 'List the kinds of deliverables',
    query: listQuery(
      described(FileTypeFilter, {
        object: 'What the files are of; only samples have any.',
        project_id: 'A project that you can see: every project has the same kinds.',
      }),
    ),
    answer: {
      status: 200,
      words: 'Keys with descriptions.',
      body: pageOf(named('FileType', FileTypeItem)),
    },
    refusals: { 404: 'The project does not exist, or this caller may not see it.' },
  },
]
