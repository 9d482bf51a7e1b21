import { type Caller, callerId } from '#lib/access/caller.ts'
import { recordAuditOnce } from '#lib/audit/record-audit.ts'
import type { Services } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { DOWNLOAD_SECONDS, signDownload } from './download-signature.ts'
import { listDeliverables } from './find-deliverable.ts'
import type { SampleRow } from './samples-table.ts'
import type { SampleFile } from './wire.ts'

/**
 * The files of a sample with URLs that fetch them. Audited once per lifetime of such a URL, because programs poll a
 * sample.
 */
export async function grantDownloads(
  services: Services,
  caller: Caller,
  sample: Pick<SampleRow, 'id' | 'project_id'>,
): Promise<SampleFile[]> {
  const deliverables = await listDeliverables(services, sample.id)
  if (deliverables.length > 0) {
    await recordAuditOnce(
      services.db,
      { by: caller, action: 'file.link', projectId: sample.project_id, targets: [sample.id] },
      { seconds: DOWNLOAD_SECONDS },
    )
  }
  return presentFiles(services, deliverables, callerId(caller))
}

/**
 * Deliverables as `GET samples/{id}` lists them. Each `download_url` works for an hour without a key, as long as
 * the `grantee` may still read the file; the file's name stands in it twice, because Gencove's CLI takes it from either place.
 */
export async function presentFiles(
  { env, clock, secrets }: Pick<Services, 'env' | 'clock' | 'secrets'>,
  deliverables: Deliverable[],
  grantee: string,
): Promise<SampleFile[]> {
  if (deliverables.length === 0) return []
  const expires = Math.floor((await clock.now()).getTime() / 1_000) + DOWNLOAD_SECONDS
  return Promise.all(
    deliverables.map(async ({ id, name, size, sha256, fileType }) => {
      const { kid, signature } = signDownload(secrets, { fileId: id, grantee, expires })
      const query = new URLSearchParams({
        expires: String(expires),
        grantee,
        kid,
        signature,
        'response-content-disposition': `attachment; filename=${name}`,
      })
      return {
        id,
        s3_path: '',
        size,
        download_url: `${env.publicUrl}/api/files/${id}/${name}?${query}`,
        file_type: fileType,
        checksum_sha256: sha256,
        shadow_mode: false,
      }
    }),
  )
}
