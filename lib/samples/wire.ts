import { z } from 'zod'
import { VENDORS } from '#lib/genotype/vendors.ts'
import { UuidOfTools, WireTime, wireTime } from '#lib/wire/fields.ts'
import { choice } from '#lib/wire/query-fields.ts'
import { referenceOf } from './reference.ts'
import { SAMPLE_STATUSES } from './sample.ts'
import type { SampleRow, SampleStatusRow } from './samples-table.ts'

/** `2021-10-12 19:47:15.394485+00:00`: the form of `archive_last_status.created` alone. */
const wireArchiveTime = (time: Date): string => wireTime(time).replace('T', ' ').replace('Z', '+00:00')

export const LastStatus = z.object({
  id: z.uuid(),
  status: z.enum(SAMPLE_STATUSES),
  note: z.string(),
  created: WireTime,
})

export const SampleFile = z.object({
  id: z.uuid(),
  /** Gencove's bucket path; we have none to show. */
  s3_path: z.string(),
  size: z.int(),
  download_url: z.url(),
  file_type: z.string(),
  checksum_sha256: z.string(),
  shadow_mode: z.boolean(),
})
export type SampleFile = z.infer<typeof SampleFile>

export const SampleDetails = z.object({
  id: z.uuid(),
  run: z.uuid().nullable(),
  created: WireTime,
  hidden: z.boolean(),
  modified: WireTime,
  client_id: z.string(),
  physical_id: z.string(),
  legacy_id: z.string(),
  last_status: LastStatus,
  archive_last_status: z.object({
    id: z.uuid(),
    status: z.literal('available'),
    created: z.string(),
    transition_cutoff: z.string().nullable(),
  }),
  project: z.uuid(),
  /** Ours: what the partner calls it: the client id, else `your_reference` or `reference` in the metadata; null where neither is given. */
  reference: z.string().nullable(),
  files: z.array(SampleFile),
  /** Keys of the checks that failed; null when none did. `last_status.note` has the words. */
  failed_qc: z.array(z.string()).nullable(),
  /** Ours: what the analysis measured; null until it ran. */
  qc: z.unknown(),
  /** Ours: the state of the upload session and the last file that was refused; null for samples without one. */
  upload_session: z
    .object({
      state: z.string(),
      vendor: z.enum(VENDORS).nullable(),
      last_rejection: z
        .object({ reason: z.string(), detail: z.string().nullable(), at: WireTime })
        .nullable(),
    })
    .nullable(),
})
export type SampleDetails = z.infer<typeof SampleDetails>

/** A sample as a list shows it: no files, no project. */
export const SampleListItem = SampleDetails.pick({
  id: true,
  run: true,
  created: true,
  hidden: true,
  modified: true,
  client_id: true,
  physical_id: true,
  legacy_id: true,
  last_status: true,
  archive_last_status: true,
  failed_qc: true,
})
export type SampleListItem = z.infer<typeof SampleListItem>

/** Body and answer of `POST sample-metadata/{id}`, answer of its GET: any JSON value. */
export const SampleMetadata = z.object({ metadata: z.unknown() })

/** Query of `GET files/{id}.sha256`: the name beside the digest. */
export const ChecksumQuery = z.object({ filename: z.string().optional() })

/** Query of `GET file-types/`: a reference genome, or a project as a whole, has no files here. */
export const FileTypeFilter = z.object({
  object: choice(['sample', 'project', 'reference_genome']).default('sample'),
  project_id: UuidOfTools.optional(),
})

/** An item of `GET file-types/`. */
export const FileTypeItem = z.object({ key: z.string(), description: z.string() })

/** Answer of `POST project-rerun-samples/{project}` and `POST project-accept-samples/{project}`: those whose status changed. */
export const ChangedSamples = z.object({ sample_ids: z.array(z.uuid()) })
export type ChangedSamples = z.infer<typeof ChangedSamples>

/** Answer of `POST project-cancel-samples/{project}`. */
export const CanceledSamples = z.object({ message: z.string() })

/** Answer of `GET project-stats/{project}`. */
export const ProjectStats = z.object({
  counts: z.object({
    total_samples: z.int(),
    running_samples: z.int(),
    scheduled_samples: z.int(),
    succeeded_samples: z.int(),
    failed_samples: z.int(),
    /** We send no kits. */
    kit_processing_samples: z.literal(0),
  }),
  /** Bytes of all deliverables. */
  total_size: z.int(),
  /** By status, `failed` and `failed qc`; statuses that no sample has are missing. */
  failed_counts: z.partialRecord(z.enum(['failed', 'failed qc']), z.int()),
  /** By key of the check; one sample may have failed several. */
  failed_qc_counts: z.record(z.string(), z.int()),
})
export type ProjectStats = z.infer<typeof ProjectStats>

const Checked = z.object({ checks: z.array(z.object({ key: z.string(), status: z.string() })) })

/** Keys of the checks that a sample's quality record says have failed; null when there are none. */
export function failedChecks(qc: unknown): string[] | null {
  const { data } = Checked.safeParse(qc)
  const failed = data?.checks.filter(({ status }) => status === 'failed').map(({ key }) => key) ?? []
  return failed.length > 0 ? failed : null
}

export function presentSampleListItem(sample: Omit<SampleRow, 'qc_packed'>): SampleListItem {
  return {
    id: sample.id,
    run: sample.run_id,
    created: wireTime(sample.created),
    hidden: sample.hidden,
    modified: wireTime(sample.modified),
    client_id: sample.client_id,
    physical_id: '',
    legacy_id: '',
    last_status: {
      id: sample.status_id,
      status: sample.status,
      note: sample.status_note,
      created: wireTime(sample.status_at),
    },
    // Never null: Gencove's CLI reads it before every download.
    archive_last_status: {
      id: sample.id,
      status: 'available',
      created: wireArchiveTime(sample.created),
      transition_cutoff: null,
    },
    failed_qc: failedChecks(sample.qc),
  }
}

/** A sample as `GET samples/{id}` answers it. */
export function presentSample(
  sample: SampleRow,
  { session, files }: { session: SampleDetails['upload_session']; files: SampleFile[] },
): SampleDetails {
  return {
    ...presentSampleListItem(sample),
    project: sample.project_id,
    reference: referenceOf({ id: sample.id, clientId: sample.client_id, metadata: sample.metadata }),
    files,
    qc: sample.qc ?? null,
    upload_session: session,
  }
}

/** One line of a sample's history. */
export const presentStatus = (row: SampleStatusRow): z.infer<typeof LastStatus> => ({
  id: row.id,
  status: row.status as z.infer<typeof LastStatus>['status'],
  note: row.note,
  created: wireTime(row.created),
})
