import { z } from 'zod'
import { SHEET_STATUSES, SheetFilter, UploadFilter } from '#lib/fastq/upload-filter.ts'
import {
  AssignAnswer,
  AssignRequest,
  DeletedUploads,
  DeleteRequest,
  SAMPLES_MAX,
  SheetRow,
  UploadCredentials,
  UploadItem,
  UploadUrlAnswer,
  UploadUrlRequest,
} from '#lib/fastq/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf } from '../page-of.ts'

const SEARCH =
  'What begins with `gncv://` is the beginning of a destination; anything else a part of it, or an id.'
const EXPIRES = 'When the URL stops working at the latest; null when it does not say.'
const SIZE = 'Bytes; null when the store did not say.'
const WITHOUT_QUERY = 'Without its query, in which the signature stands.'

const OURS = {
  project: 'Whose it is; null: of the whole organisation.',
  client_id: 'Your name for the sample, from the destination.',
  r_notation: 'Which half of a pair, from the destination.',
  source_host: 'The host that it is fetched from.',
  size: SIZE,
  expires_at: EXPIRES,
  sample: 'The sample that was made of it; null before.',
} as const

const SHEET_QUERY = described(
  // Whatever is sent counts as given, or as not given.
  SheetFilter.extend({ status: z.enum(SHEET_STATUSES).default('all') }),
  {
    search: SEARCH,
    status: 'Whether samples were made of them.',
    project: 'Ours: of this project, or of the whole organisation.',
    expires_before: 'Ours: with a URL that stops working before this time. ISO 8601 with an offset.',
    sort_by: 'What to sort by.',
    sort_order: 'Newest or oldest first.',
  },
)

const UPLOAD = named('Upload', explained(UploadItem, { ...OURS, source_url: WITHOUT_QUERY }))

export const FASTQ_OPERATIONS: readonly Operation[] = [
  {
    id: 'addUploadUrl',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/uploads-url/',
    right: 'upload_create',
    idempotency: 'never',
    summary: 'Hand over a FASTQ file by URL',
    more:
      'The URL is checked at once: its host, until when it works, and by a GET of its first bytes that it leads to gzip or BGZF of FASTQ. ' +
      'It is kept encrypted, and the file is fetched when a sample is made of it. The same URL to the same destination again is the same ' +
      'upload, so a request without an answer may simply be repeated.',
    body: named(
      'UploadUrlRequest',
      described(UploadUrlRequest, {
        destination_path:
          'Your name for the file, `gncv://` and a path that ends like `client-id_R1.fastq.gz` or `client-id_S1_L001_R1_001.fastq.gz`. The two files of a pair have the same name but for R1 and R2.',
        source_url:
          'Where the file is, by https: presigned for GET, or public. Its path ends with .fastq.gz, .fastq.bgz, .fq.gz or .fq.bgz.',
        project_id: 'Ours: whose it is. Without it, of your only project, or of the whole organisation.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The upload. Only here the URL stands whole.',
      body: named(
        'UploadUrl',
        explained(UploadUrlAnswer, { ...OURS, warnings: 'What may go wrong with the URL later, in words.' }),
      ),
    },
    refusals: { 503: 'The store of the file is busy, or we are: nothing was changed. Ask again later.' },
    example: { destination_path: 'gncv://july/s1_R1.fastq.gz', source_url: '{source_url}' },
  },
  {
    id: 'listUploads',
    tag: 'FASTQ files',
    method: 'GET',
    path: '/api/v2/uploads/',
    right: 'sample_read',
    summary: 'List FASTQ files',
    query: listQuery(described(UploadFilter, { search: SEARCH, status: 'Where they stand.' })),
    answer: { status: 200, words: 'Newest first.', body: pageOf(UPLOAD) },
  },
  {
    id: 'getUpload',
    tag: 'FASTQ files',
    method: 'GET',
    path: '/api/v2/uploads/{upload_id}',
    right: 'sample_read',
    summary: 'Get a FASTQ file',
    answer: { status: 200, words: 'The upload.', body: UPLOAD },
  },
  {
    id: 'listSampleSheet',
    tag: 'FASTQ files',
    method: 'GET',
    path: '/api/v2/sample-sheet/',
    right: 'sample_read',
    summary: 'List FASTQ files by sample',
    more: 'Pairs are found by the names of destinations. An R2 without its R1 is in no row, but in the list of FASTQ files.',
    query: listQuery(SHEET_QUERY),
    answer: {
      status: 200,
      words: 'A page of rows, as assigning takes them.',
      body: pageOf(named('SampleSheetRow', explained(SheetRow, { sample: OURS.sample }))),
    },
  },
  {
    id: 'assignUploads',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/project-samples/{project_id}',
    right: 'run_analysis',
    idempotency: 'itself',
    summary: 'Make samples of FASTQ files',
    more: 'All of them or none, and their runs start. No rows make no samples.',
    body: named(
      'AssignRequest',
      described(AssignRequest, {
        uploads: `Rows as the sample sheet has them, at most ${SAMPLES_MAX}: of each its \`client_id\` and the ids of its uploads are read.`,
        metadata: 'Any JSON, at most 16 KB: every sample gets it.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The rows, each with its new sample.',
      body: named('AssignedUploads', AssignAnswer),
    },
    refusals: { 413: 'The body is larger than 4 MB.' },
    example: {
      uploads: [{ client_id: 's1', fastq: { r1: { upload: '{upload_id}' } } }],
      metadata: { your_reference: 'order-1234' },
    },
  },
  {
    id: 'deleteUploads',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/uploads-delete-unassigned/',
    right: 'upload_create',
    summary: 'Forget FASTQ files',
    more: 'Those that belong to a sample are deleted with it. Their destinations cannot be used again.',
    body: named(
      'UploadIds',
      described(DeleteRequest, {
        upload_ids: 'Uploads without a sample, at most 1,000: all of them or none.',
      }),
    ),
    answer: { status: 200, words: 'They are forgotten.', body: named('DeletedUploads', DeletedUploads) },
    example: { upload_ids: ['{upload_id}'] },
  },
  {
    id: 'getUploadCredentials',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/upload-credentials/',
    right: 'upload_create',
    summary: "Get what Gencove's command line asks for first",
    more: 'Keys of no store: files are handed over by URL.',
    answer: { status: 201, words: 'Always the same.', body: named('UploadCredentials', UploadCredentials) },
  },
]
