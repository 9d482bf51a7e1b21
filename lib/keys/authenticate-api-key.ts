import type { Caller } from '#lib/access/caller.ts'
import { giverNow } from '#lib/access/giver-now.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { hashApiKey, prefixOfApiKey, sameDigest } from './api-key.ts'
import { selectApiKey, updateLastUsed } from './api-keys-table.ts'
import { isInIpRanges } from './ip-range.ts'

/** "Last used" is kept to the minute: it helps an operator, and must not cost every request a write. */
const LAST_USED_MS = 60_000

/**
 * The holder of the key in `Authorization: Api-Key <key>`, with what its line of givers may do now: a key that was made
 * by a person or with another key never does more than they may. A missing, unknown, revoked or expired key is 401, and
 * so is one whose giver has ended; an unknown prefix and a wrong secret give the same message. A key limited to
 * networks, itself or by its giver, is 403 from any other address.
 */
export async function authenticateApiKey(
  { db }: Pick<Services, 'db'>,
  authorization: string | null,
  address = '',
): Promise<Caller> {
  const key = /^Api-Key ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) throw refuse('Authentication credentials were not provided.')

  const prefix = prefixOfApiKey(key)
  const row = prefix === undefined ? undefined : await selectApiKey(db, prefix)
  if (!row || !sameDigest(row.hash, await hashApiKey(key))) throw refuse('Invalid API key.')
  if (row.revokedAt) throw refuse('This API key has been revoked.')
  if (row.expiresAt && row.expiresAt <= row.now) throw refuse('This API key has expired.')
  const giver = await giverNow(db, row.id)
  if (!giver) throw refuse('This API key has been revoked.')
  if (!giver.networks.every((ranges) => isInIpRanges(address, ranges))) {
    throw new Problem('permission_denied', 'This API key may not be used from your IP address.')
  }

  if (!row.lastUsedAt || row.now.getTime() - row.lastUsedAt.getTime() > LAST_USED_MS) {
    await updateLastUsed(db, row.id, row.now)
  }
  const { networks: _, ...caller } = giver
  return { ...caller, requestsPerMinute: row.requestsPerMinute ?? undefined }
}

const refuse = (message: string) => new Problem('not_authenticated', message)
