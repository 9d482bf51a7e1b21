import { Problem } from '#lib/problem.ts'
import { isUuid } from '#lib/projects/is-uuid.ts'
import type { Services } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { selectDeliverable } from './deliverables-table.ts'
import { verifyDownload } from './download-signature.ts'

/**
 * The deliverable that a download URL grants. Anything wrong with the signature is 403, one that has run out too (the
 * CLI asks the sample for a fresh URL then), and a file that is gone is 404.
 */
export async function openDownload(
  services: Services,
  fileId: string,
  query: URLSearchParams,
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
  if (!deliverable) throw new Problem('not_found', 'Not found.')
  return deliverable
}
