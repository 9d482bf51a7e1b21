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
import { placedPageOf, placedQuery } from '../page-of.ts'

const SEARCH =
  'A value that starts with `gncv://` is the start of a destination; anything else is a part of one, or an id. Fewer than three letters are the start of what follows `gncv://`.'
const EXPIRES = 'When the URL stops working at the latest; null when the URL does not say.'
const SIZE = 'Bytes; null when the storage did not say.'
const WITHOUT_QUERY = 'Without its query, which holds the signature.'

const OURS = {
  project: 'The project it belongs to; null for the whole organisation.',
  client_id: 'Your name for the sample, from the destination.',
  r_notation: 'Which half of a pair, from the destination.',
  source_host: 'The host it is fetched from.',
  size: SIZE,
  expires_at: EXPIRES,
  sample: 'The sample it was assigned to; null before that.',
} as const

const SHEET_QUERY = described(
  // Unknown values count as not given.
  SheetFilter.extend({ status: z.enum(SHEET_STATUSES).default('all') }),
  {
    search: SEARCH,
    status: 'Whether they belong to samples.',
    project: 'Ours: only files of this project and of the whole organisation.',
    expires_before:
      'Ours: only files whose URL stops working before this time. ISO 8601; UTC where no offset is given.',
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
      'The URL is checked at once: its host, its expiry, and with a GET of the first bytes that it is gzip or BGZF of FASTQ. ' +
      'It is stored encrypted, and the file is fetched once it is assigned to a sample. The same URL with the same destination is the same ' +
      'upload, so you may safely repeat a request that got no response.',
    body: named(
      'UploadUrlRequest',
      described(UploadUrlRequest, {
        destination_path:
          'Your name for the file, `gncv://` and a path that ends like `client-id_R1.fastq.gz` or `client-id_S1_L001_R1_001.fastq.gz`. The two files of a pair have the same name but for R1 and R2.',
        source_url:
          'Where the file is, by https: presigned for GET, or public. Its path ends with .fastq.gz, .fastq.bgz, .fq.gz or .fq.bgz.',
        project_id:
          'Ours: the project it belongs to. By default your only project, or the whole organisation.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The upload. The complete URL is returned only here.',
      body: named(
        'UploadUrl',
        explained(UploadUrlAnswer, { ...OURS, warnings: 'Problems the URL may cause later.' }),
      ),
    },
    refusals: {
      503: 'The storage of the file, or this service, is busy. Nothing was changed; try again later.',
    },
    example: { destination_path: 'gncv://july/s1_R1.fastq.gz', source_url: '{source_url}' },
  },
  {
    id: 'listUploads',
    tag: 'FASTQ files',
    method: 'GET',
    path: '/api/v2/uploads/',
    right: 'sample_read',
    summary: 'List FASTQ files',
    query: placedQuery(described(UploadFilter, { search: SEARCH, status: 'Their status.' })),
    answer: { status: 200, words: 'Newest first.', body: placedPageOf(UPLOAD) },
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
    more: 'Pairs are matched by the names of their destinations. An R2 without its R1 is in no row, but does appear in the list of FASTQ files.',
    query: placedQuery(SHEET_QUERY),
    answer: {
      status: 200,
      words: 'A page of rows, in the form that assigning takes.',
      body: placedPageOf(named('SampleSheetRow', explained(SheetRow, { sample: OURS.sample }))),
    },
  },
  {
    id: 'assignUploads',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/project-samples/{project_id}',
    right: 'run_analysis',
    idempotency: 'itself',
    summary: 'Assign FASTQ files to samples',
    more: 'Creates all samples or none, and starts their analysis. An empty list creates none.',
    body: named(
      'AssignRequest',
      described(AssignRequest, {
        uploads: `Rows in the form of the sample sheet, at most ${SAMPLES_MAX}; only \`client_id\` and the ids of the uploads are read.`,
        metadata: 'Any JSON, at most 16 KB, stored with every sample.',
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
    summary: 'Delete FASTQ files',
    more: 'Files that belong to a sample are deleted with the sample. Destinations cannot be used again.',
    body: named(
      'UploadIds',
      described(DeleteRequest, {
        upload_ids: 'Uploads without a sample, at most 1,000: all of them or none.',
      }),
    ),
    answer: { status: 200, words: 'The files are deleted.', body: named('DeletedUploads', DeletedUploads) },
    example: { upload_ids: ['{upload_id}'] },
  },
  {
    id: 'getUploadCredentials',
    tag: 'FASTQ files',
    method: 'POST',
    path: '/api/v2/upload-credentials/',
    right: 'upload_create',
    summary: 'Get upload credentials',
    more: "What Gencove's command line asks for first. They open no storage: files are handed over by URL.",
    answer: { status: 201, words: 'Always the same.', body: named('UploadCredentials', UploadCredentials) },
  },
]
