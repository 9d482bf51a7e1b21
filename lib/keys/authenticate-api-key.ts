import type { Caller } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { hashApiKey, prefixOfApiKey, sameDigest } from './api-key.ts'
import { selectApiKey, updateLastUsed } from './api-keys-table.ts'
import { isInIpRanges } from './ip-range.ts'

/** "Last used" is kept to the minute: it helps an operator, and must not cost every request a write. */
const LAST_USED_MS = 60_000

/**
 * The holder of the key in `Authorization: Api-Key <key>`. A missing, unknown, revoked or expired key is 401; an
 * unknown prefix and a wrong secret give the same message. A key limited to networks is 403 from any other address.
 */
export async function authenticateApiKey(
  { db }: Pick<Services, 'db'>,
  authorization: string | null,
  address = '',
): Promise<Caller> {
  const key = /^Api-Key ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) throw refuse('Authentication credentials were not provided.')

  const prefix = prefixOfApiKey(key)
  const found = prefix === undefined ? undefined : await selectApiKey(db, prefix)
  const row = found?.key
  if (!row || !sameDigest(row.hash, await hashApiKey(key))) throw refuse('Invalid API key.')
  if (row.revokedAt || found.ownerDisabled) throw refuse('This API key has been revoked.')
  if (row.expiresAt && row.expiresAt <= row.now) throw refuse('This API key has expired.')
  if (row.ipRanges && !isInIpRanges(address, row.ipRanges)) {
    throw new Problem('permission_denied', 'This API key may not be used from your IP address.')
  }

  if (!row.lastUsedAt || row.now.getTime() - row.lastUsedAt.getTime() > LAST_USED_MS) {
    await updateLastUsed(db, row.id, row.now)
  }
  return {
    apiKeyId: row.id,
    userId: row.userId ?? undefined,
    role: row.role,
    projectId: row.projectId,
    requestsPerMinute: row.requestsPerMinute ?? undefined,
  }
}

const refuse = (message: string) => new Problem('not_authenticated', message)
