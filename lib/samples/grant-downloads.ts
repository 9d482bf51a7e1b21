import type { Caller } from '#lib/access/caller.ts'
import { recordAuditOnce } from '#lib/audit/record-audit.ts'
import type { Services } from '#lib/services.ts'
import { DOWNLOAD_SECONDS } from './download-signature.ts'
import { listDeliverables } from './list-deliverables.ts'
import { presentFiles } from './present-files.ts'
import type { SampleRow } from './samples-table.ts'
import type { SampleFile } from './wire.ts'

/**
 * The files of a sample with URLs that fetch them. That a caller was given them is written down once in the time that
 * such a URL works, since programs ask for a sample again and again.
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
  return presentFiles(services, deliverables)
}
