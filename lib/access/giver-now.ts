import type { Database, Tx } from '#lib/services.ts'
import { projectsWith, reachOf, seesProject } from './caller.ts'
import { type Giver, giverOf, type Line } from './giver.ts'
import { type KeyLine, selectKeyLine, selectLine } from './givers-table.ts'
import { mayDo, type Right } from './role.ts'

/**
 * The key or person that handed something out, with what it may do at this moment: the one rule for keys, links,
 * invitations and download URLs. Undefined once it was revoked, disabled or has expired, or any key or person that it
 * has its own rights from.
 */
export async function giverNow(db: Database | Tx, id: string): Promise<Giver | undefined> {
  return giverOf(id, await selectLine(db, id))
}

/** The key with this public prefix, and the giver that it is now; undefined when there is none, or it is none any more. */
export async function keyNow(
  db: Database | Tx,
  prefix: string,
): Promise<{ key: Omit<KeyLine, keyof Line>; giver: Giver | undefined } | undefined> {
  const key = await selectKeyLine(db, prefix)
  return key && { key, giver: giverOf(key.id, key) }
}

/** Whether the giver holds the right in this project or, with null, everywhere. */
export function giverMay(giver: Giver, right: Right, projectId: string | null): boolean {
  const everywhere = giver.role !== null && mayDo(giver.role, right)
  if (projectId === null) return everywhere && reachOf(giver) === null
  return seesProject(giver, projectId) && (everywhere || projectsWith(giver, right).includes(projectId))
}
