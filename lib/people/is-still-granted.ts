import { coversRole } from '#lib/access/caller.ts'
import { giverMay, giverNow } from '#lib/access/giver-now.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { LinkGrant } from './sign-in-links-table.ts'

/**
 * Whether the maker of a link could still make it: they manage people everywhere, without limits of network or time, and
 * may do all that an invited person may do. A link of the installation's own commands always counts.
 */
export async function isStillGranted(db: Database | Tx, link: LinkGrant): Promise<boolean> {
  if (link.createdBy === null) return true
  const giver = await giverNow(db, link.createdBy)
  if (!giver || giver.restricted || !giverMay(giver, 'user_manage', null)) return false
  return link.role === null || coversRole(giver, link.role, link.projectId)
}
