import type { Caller } from '#lib/access/caller.ts'
import { listMadeKeys } from '#lib/keys/find-api-keys.ts'
import type { Services } from '#lib/services.ts'
import { isStillGranted } from './is-still-granted.ts'
import { selectLinksBy } from './sign-in-links-table.ts'
import { GRANTS_MAX, presentGrants, type WireGrants } from './wire.ts'

/**
 * What a key handed out that ends when it is revoked: keys made with it, and so on down, and the links that any of them
 * made, each at most 100. Throws 404 for a key the caller may not see.
 */
export async function listGrants(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  keyId: string,
): Promise<WireGrants> {
  const made = await listMadeKeys({ db }, caller, keyId, GRANTS_MAX)
  const links = await selectLinksBy(db, [keyId, ...made.map(({ id }) => id)], GRANTS_MAX)
  const granted = await Promise.all(links.map((link) => isStillGranted(db, link)))
  return presentGrants(
    made,
    links.filter((_, at) => granted[at]),
  )
}
