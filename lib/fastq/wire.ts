import { z } from 'zod'
import {
  BLANK,
  listOf,
  missing,
  NOT_DICTIONARY,
  NOT_LIST,
  storableText,
  tooMany,
  UuidOfTools,
  WireTime,
  wireTime,
} from '#lib/wire/fields.ts'
import type { FastqUpload } from './fastq-upload.ts'
import { FASTQ_UPLOAD_STATUSES } from './fastq-upload.ts'
import type { Pair } from './listed-uploads-table.ts'
import { R_NOTATIONS } from './map/destination.ts'

/** Body of `POST uploads-url/`. What the fields must hold, `addUpload` judges. */
export const UploadUrlRequest = z.object({
  destination_path: storableText().min(1, BLANK),
  source_url: storableText().min(1, BLANK),
  /** Ours: whose it is to be. */
  project_id: UuidOfTools.nullable().default(null),
})

/** Samples of one call: as many as Gencove's CLI sends at once. */
export const SAMPLES_MAX = 200
/** Of the body of such a call: 200 rows as Gencove's CLI sends them, with the longest names escaped, have some 2,300,000. */
export const ASSIGN_BYTES_MAX = 4_194_304
/** Uploads that one call may delete. */
const DELETED_MAX = 1_000

const Part = z.object({ upload: UuidOfTools }, { error: missing(NOT_DICTIONARY) })

/** Body of `POST project-samples/{project}`: rows of the sample sheet; what else stands in them is not read. */
export const AssignRequest = z.object({
  uploads: z
    .array(
      z.object(
        {
          client_id: storableText(),
          // Strict: a second file under a misspelt name would be left out of the run.
          fastq: z.strictObject(
            { r1: Part, r2: Part.nullish() },
            {
              error: (issue) =>
                issue.code === 'unrecognized_keys'
                  ? 'It has other fields than r1 and r2.'
                  : missing(NOT_DICTIONARY)(issue),
            },
          ),
        },
        { error: missing(NOT_DICTIONARY) },
      ),
      { error: missing(NOT_LIST) },
    )
    .max(SAMPLES_MAX, tooMany(SAMPLES_MAX)),
  metadata: z.unknown().default(null),
})

const PartId = z.object({ upload: z.uuid() })

/** Its answer: every row with its new sample. */
export const AssignAnswer = z.object({
  uploads: z.array(
    z.object({
      client_id: z.string(),
      fastq: z.object({ r1: PartId, r2: PartId.nullable() }),
      sample: z.uuid(),
    }),
  ),
  metadata: z.unknown(),
})
export type AssignAnswer = z.infer<typeof AssignAnswer>

/** Body of `POST uploads-delete-unassigned/`, and its answer. */
export const DeleteRequest = z.object({
  upload_ids: listOf(UuidOfTools, DELETED_MAX),
})
export const DeletedUploads = z.object({ upload_ids: z.array(z.uuid()) })

/** Answer of `POST upload-credentials/`, for Gencove's CLI, which asks for it before anything else. */
export const UploadCredentials = z.object({
  version: z.int(),
  access_key: z.string(),
  secret_key: z.string(),
  token: z.string(),
  expiry_time: WireTime,
})

/** Keys of no store: nothing is uploaded but URLs. They never end, so that nobody asks for others. */
export const NO_CREDENTIALS: z.infer<typeof UploadCredentials> = {
  version: 1,
  access_key: 'unused',
  secret_key: 'unused',
  token: 'unused',
  expiry_time: '2099-01-01T00:00:00+00:00',
}

const UploadStatus = z.object({
  id: z.uuid(),
  status: z.enum(FASTQ_UPLOAD_STATUSES),
  note: z.string(),
  created: WireTime,
})

/** Ours, of every upload. */
const OURS = {
  project: z.uuid().nullable(),
  client_id: z.string(),
  r_notation: z.enum(R_NOTATIONS),
  source_host: z.string(),
  size: z.int().nullable(),
  expires_at: WireTime.nullable(),
  sample: z.uuid().nullable(),
}

/** Answer of `POST uploads-url/`: the only place where the URL stands whole. */
export const UploadUrlAnswer = z.object({
  id: z.uuid(),
  destination_path: z.string(),
  /** Gencove's bucket; we have none to show. */
  s3: z.object({ bucket: z.string(), object_name: z.string() }),
  last_status: UploadStatus,
  source: z.string(),
  source_url: z.string(),
  ...OURS,
  /** Ours: what may go wrong with the URL later. */
  warnings: z.array(z.string()),
})
export type UploadUrlAnswer = z.infer<typeof UploadUrlAnswer>

/** An upload as `GET uploads/` shows it. */
export const UploadItem = z.object({
  id: z.uuid(),
  last_status: UploadStatus,
  /** Gencove's copy of the file; ours is made by the run. */
  file: z.object({
    id: z.uuid(),
    s3_path: z.string(),
    size: z.int().nullable(),
    download_url: z.string(),
    file_type: z.enum(['fastq-r1', 'fastq-r2']),
    checksum_sha256: z.string(),
    shadow_mode: z.boolean(),
  }),
  created: WireTime,
  destination_path: z.string(),
  source: z.string(),
  user: z.uuid().nullable(),
  organization: z.uuid(),
  ...OURS,
  /** Ours: without its query, in which the signature stands. */
  source_url: z.string(),
})
export type UploadItem = z.infer<typeof UploadItem>

const SheetPart = z.object({
  upload: z.uuid(),
  destination_path: z.string(),
  last_status: UploadStatus,
  source_url: z.string(),
  /** Ours. */
  size: z.int().nullable(),
  expires_at: WireTime.nullable(),
})

/** A row of `GET sample-sheet/`: what belongs to one sample, or will. */
export const SheetRow = z.object({
  client_id: z.string(),
  fastq: z.object({ r1: SheetPart, r2: SheetPart.optional() }),
  /** Ours: whose it is; null: of the whole organisation. */
  project: z.uuid().nullable(),
  /** Ours: the sample that was made of it; null before. */
  sample: z.uuid().nullable(),
})
export type SheetRow = z.infer<typeof SheetRow>

const timeOrNull = (time: Date | null) => time && wireTime(time)

const presentStatus = ({ status }: FastqUpload): z.infer<typeof UploadStatus> => ({
  ...status,
  created: wireTime(status.created),
})

const presentOurs = (upload: FastqUpload) => ({
  project: upload.projectId,
  client_id: upload.clientId,
  r_notation: upload.rNotation,
  source_host: upload.sourceHost,
  size: upload.size,
  expires_at: timeOrNull(upload.expiresAt),
  sample: upload.sampleId,
})

/** A URL without its query and fragment, in which signatures stand. */
const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0]!

export const presentUploadUrl = (
  upload: FastqUpload,
  { url, warnings }: { url: string; warnings: string[] },
): UploadUrlAnswer => ({
  id: upload.id,
  destination_path: upload.destinationPath,
  s3: { bucket: '', object_name: '' },
  last_status: presentStatus(upload),
  source: upload.source,
  source_url: url,
  ...presentOurs(upload),
  warnings,
})

export const presentUpload = (upload: FastqUpload, url: string, organization: string): UploadItem => ({
  id: upload.id,
  last_status: presentStatus(upload),
  file: {
    id: upload.id,
    s3_path: '',
    size: upload.size,
    download_url: '',
    file_type: upload.rNotation === 'R2' ? 'fastq-r2' : 'fastq-r1',
    checksum_sha256: '',
    shadow_mode: false,
  },
  created: wireTime(upload.created),
  destination_path: upload.destinationPath,
  source: upload.source,
  user: upload.userId,
  organization,
  ...presentOurs(upload),
  source_url: withoutQuery(url),
})

const presentPart = (upload: FastqUpload, url: string): z.infer<typeof SheetPart> => ({
  upload: upload.id,
  destination_path: upload.destinationPath,
  last_status: presentStatus(upload),
  source_url: withoutQuery(url),
  size: upload.size,
  expires_at: timeOrNull(upload.expiresAt),
})

/** An R2 that is not there is left out, not null. */
export const presentPair = ({ r1, r2 }: Pair, urls: { r1: string; r2: string | undefined }): SheetRow => ({
  client_id: r1.clientId,
  fastq: {
    r1: presentPart(r1, urls.r1),
    ...(r2 === undefined || urls.r2 === undefined ? {} : { r2: presentPart(r2, urls.r2) }),
  },
  project: r1.projectId,
  sample: r1.sampleId,
})
