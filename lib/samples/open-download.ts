import type { AuditFact } from '#lib/audit/audit.ts'
import { recordAudit, recordAuditOnce } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import type { Deliverable } from './deliverable.ts'
import { selectDeliverable } from './deliverables-table.ts'
import { DOWNLOAD_SECONDS, verifyDownload } from './download-signature.ts'
import { selectSample } from './samples-table.ts'

/**
 * The deliverable that a download URL grants. Anything wrong with the signature is 403, one that has run out too (the
 * CLI asks the sample for a fresh URL then), and a file that is gone is 404. Every use is audited; requests for a
 * `part` of the file only once an hour, since one download makes many of them.
 */
export async function openDownload(
  services: Services,
  fileId: string,
  query: URLSearchParams,
  { requestId, part }: { requestId: string; part: boolean },
): Promise<Deliverable> {
  const expires = Number(query.get('expires'))
  const signed =
    isUuid(fileId) &&
    Number.isSafeInteger(expires) &&
    (await verifyDownload(
      services.secrets,
      { fileId, expires },
      { kid: query.get('kid') ?? '', signature: query.get('signature') ?? '' },
    ))
  if (!signed) throw new Problem('permission_denied', 'This download link is not valid.')
  if ((await services.clock.now()).getTime() >= expires * 1_000) {
    throw new Problem(
      'permission_denied',
      'This download link has expired: ask for the sample again to get a new one.',
    )
  }
  const deliverable = await selectDeliverable(services.db, fileId)
  const sample = deliverable && (await selectSample(services.db, deliverable.sampleId))
  if (!sample) throw new Problem('not_found', 'Not found.')
  const fact: AuditFact = {
    by: { kind: 'link', requestId },
    action: 'file.download',
    projectId: sample.project_id,
    targets: [sample.id, deliverable.id],
  }
  if (part) await recordAuditOnce(services.db, fact, { seconds: DOWNLOAD_SECONDS })
  else await recordAudit(services.db, fact)
  return deliverable
}
