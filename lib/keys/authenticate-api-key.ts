import type { Caller } from '#lib/access/caller.ts'
import { keyNow } from '#lib/access/giver-now.ts'
import { recordAuditOnce } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import { sameDigest, sha256Of } from '#lib/sealing/digest.ts'
import type { Services } from '#lib/services.ts'
import { prefixOfApiKey } from './api-key.ts'
import { type ApiKey, updateLastUsed } from './api-keys-table.ts'
import { isInIpRanges } from './ip-range.ts'

/** "Last used" is kept to the minute: it helps an operator, and must not cost every request a write. */
const LAST_USED_MS = 60_000
/** One refused use of a key is recorded in this time: neither a forgotten program nor an attacker fills the trail. */
const REFUSAL_SECONDS = 3_600

/**
 * The holder of the key in `Authorization: Api-Key <key>`, with what its line of givers may do now: a key that was made
 * by a person or with another key never does more than they may. A missing, unknown, revoked or expired key is 401, and
 * so is one whose giver has ended; an unknown prefix and a wrong secret give the same message. A key limited to
 * networks, itself or by its giver, is 403 from any other address. The first refused use of a key within an hour is recorded.
 */
export async function authenticateApiKey(
  { db, reads }: Pick<Services, 'db' | 'reads'>,
  authorization: string | null,
  address = '',
): Promise<Caller> {
  const key = /^Api-Key ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) throw refuse('Authentication credentials were not provided.')

  const prefix = prefixOfApiKey(key)
  const found =
    prefix === undefined ? undefined : await reads.share(`key ${prefix}`, () => keyNow(db, prefix))
  if (!found) throw refuse('Invalid API key.')
  const { key: row, giver } = found
  const isHolder = sameDigest(row.hash, sha256Of(key))
  const fault = isHolder ? faultOf(row) : 'Invalid API key.'
  if (fault !== undefined || !giver) {
    await recordRefusal(db, row, address)
    throw refuse(fault ?? REVOKED)
  }
  if (!giver.networks.every((ranges) => isInIpRanges(address, ranges))) {
    await recordRefusal(db, row, address)
    throw new Problem('permission_denied', 'This API key may not be used from your IP address.')
  }

  if (!row.lastUsedAt || row.now.getTime() - row.lastUsedAt.getTime() > LAST_USED_MS) {
    await updateLastUsed(db, row.id, row.now, LAST_USED_MS)
  }
  const { networks: _, ...caller } = giver
  return { ...caller, requestsPerMinute: row.requestsPerMinute ?? undefined }
}

const REVOKED = 'This API key has been revoked.'

function faultOf({
  revokedAt,
  expiresAt,
  now,
}: Pick<ApiKey, 'revokedAt' | 'expiresAt' | 'now'>): string | undefined {
  if (revokedAt) return REVOKED
  return expiresAt && expiresAt <= now ? 'This API key has expired.' : undefined
}

const recordRefusal = (
  db: Services['db'],
  { id, projectId }: Pick<ApiKey, 'id' | 'projectId'>,
  address: string,
): Promise<void> =>
  recordAuditOnce(
    db,
    { by: { kind: 'anonymous', address }, action: 'api_key.refused', projectId, targets: [id] },
    { seconds: REFUSAL_SECONDS, anyAddress: true },
  )

const refuse = (message: string) => new Problem('not_authenticated', message)
