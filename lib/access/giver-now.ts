import type { Database, Tx } from '#lib/services.ts'
import { projectsWith, reachOf, seesProject } from './caller.ts'
import { type Giver, giverOf } from './giver.ts'
import { selectLine } from './givers-table.ts'
import { mayDo, type Right } from './role.ts'

/**
 * The key or person that handed something out, with what it may do at this moment: the one rule for keys, links,
 * invitations and download URLs. Undefined once it was revoked, disabled or has expired, or any key or person that it
 * has its own rights from.
 */
export async function giverNow(db: Database | Tx, id: string): Promise<Giver | undefined> {
  return giverOf(id, await selectLine(db, id))
}

/** Whether the giver holds the right in this project or, with null, everywhere. */
export function giverMay(giver: Giver, right: Right, projectId: string | null): boolean {
  const everywhere = giver.role !== null && mayDo(giver.role, right)
  if (projectId === null) return everywhere && reachOf(giver) === null
  return seesProject(giver, projectId) && (everywhere || projectsWith(giver, right).includes(projectId))
}
