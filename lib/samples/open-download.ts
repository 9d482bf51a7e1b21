import type { Giver } from '#lib/access/giver.ts'
import { giverMay, giverNow } from '#lib/access/giver-now.ts'
import type { AuditFact } from '#lib/audit/audit.ts'
import { recordAudit, recordAuditOnce } from '#lib/audit/record-audit.ts'
import { isInIpRanges } from '#lib/keys/ip-range.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import type { Deliverable } from './deliverable.ts'
import { selectDeliverable } from './deliverables-table.ts'
import { DOWNLOAD_SECONDS, type DownloadGrant, verifyDownload } from './download-signature.ts'
import { selectSample } from './samples-table.ts'
import { conditionOf, rangeOf } from './send-download.ts'

interface DownloadRequest {
  request: Pick<Request, 'method' | 'url' | 'headers'>
  requestId: string
  /** Where it came from. */
  address: string
}

/**
 * The deliverable that a download URL grants. Anything wrong with the signature is 403, one that has run out too (the
 * CLI asks the sample for a fresh URL then), and so is one whose grantee was revoked or may no longer read the file, or
 * that is used outside of the grantee's networks; a file that is gone is 404. Every read is audited, with grantee and
 * address.
 */
export async function openDownload(
  services: Services,
  fileId: string,
  asked: DownloadRequest,
): Promise<Deliverable> {
  const { grantee } = await demandGrant(services, fileId, new URL(asked.request.url).searchParams)
  const giver = await giverNow(services.db, grantee)
  if (!giver) throw hasEnded()
  const deliverable = await selectDeliverable(services.db, fileId)
  const sample = deliverable && (await selectSample(services.db, deliverable.sampleId))
  if (!sample) throw new Problem('not_found', 'Not found.')
  if (!mayRead(giver, sample.project_id, asked.address)) throw hasEnded()
  await recordRead(services, asked, deliverable, {
    by: { kind: 'link', id: grantee, requestId: asked.requestId, address: asked.address },
    projectId: sample.project_id,
    targets: [sample.id, deliverable.id],
  })
  return deliverable
}

/** What the URL says, once its signature and its time are right. */
async function demandGrant(
  { secrets, clock }: Pick<Services, 'secrets' | 'clock'>,
  fileId: string,
  query: URLSearchParams,
): Promise<DownloadGrant> {
  const grant = { fileId, grantee: query.get('grantee') ?? '', expires: Number(query.get('expires')) }
  const signed =
    isUuid(fileId) &&
    isUuid(grant.grantee) &&
    Number.isSafeInteger(grant.expires) &&
    verifyDownload(secrets, grant, {
      kid: query.get('kid') ?? '',
      signature: query.get('signature') ?? '',
    })
  if (!signed) throw new Problem('permission_denied', 'This download link is not valid.')
  if ((await clock.now()).getTime() >= grant.expires * 1_000) {
    throw new Problem(
      'permission_denied',
      'This download link has expired: ask for the sample again to get a new one.',
    )
  }
  return grant
}

const mayRead = (giver: Giver, projectId: string, address: string): boolean =>
  giverMay(giver, 'sample_read', projectId) && giver.networks.every((ranges) => isInIpRanges(address, ranges))

const hasEnded = () =>
  new Problem(
    'permission_denied',
    'This download link no longer works: the key or person it was made for may not read this file from here.',
  )

/**
 * Audits a read. One from the first byte on is recorded each time, whether or not the request names a range. Of later
 * parts, which a resumed or parallel download asks for in great number, only the first within an hour.
 */
async function recordRead(
  { db }: Pick<Services, 'db'>,
  { request }: DownloadRequest,
  deliverable: Deliverable,
  fact: Omit<AuditFact, 'action'>,
): Promise<void> {
  const range = rangeOf(request.headers, deliverable)
  // Nothing of the file is sent then.
  if (request.method === 'HEAD' || range === 'unsatisfiable') return
  if (conditionOf(request.headers, `"${deliverable.sha256}"`) !== undefined) return
  if (range === 'whole' || range.start === 0) return recordAudit(db, { ...fact, action: 'file.download' })
  await recordAuditOnce(db, { ...fact, action: 'file.download_part' }, { seconds: DOWNLOAD_SECONDS })
}
