import { type Caller, demandRightEverywhere } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import { holdProject, removeProject } from '#lib/projects/remove-project.ts'
import { ProjectIds } from '#lib/projects/wire.ts'
import type { Services, Tx } from '#lib/services.ts'
import { deleteLocked } from './delete-samples.ts'
import { despiteDeadlocks } from './despite-deadlocks.ts'
import { lockToDelete, selectSomeIds } from './tombstones-table.ts'

/** Samples of one statement, which must end within the database's time limit. */
const BATCH = 1_000

/**
 * Delete projects for good, all of them or none, and each of their samples as `deleteSamples` does: links are void,
 * runs stop, queued jobs erase the bytes, tombstones and the audit trail remain. API keys that are bound to a project
 * end with it. Throws 403 unless the caller reaches every project, and 404 when one of them does not exist.
 */
export async function deleteProjects(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<void> {
  demandRightEverywhere(caller, 'project_write')
  const { project_ids: ids } = parseFields(ProjectIds, fields)
  await despiteDeadlocks(() =>
    services.db.transaction().execute(async (tx) => {
      // In one order, so that two requests for the same projects wait for each other.
      for (const id of ids.toSorted()) {
        await findVisibleProject({ db: tx }, caller, id)
        await deleteWhole(services, tx, caller, id)
      }
    }),
  )
}

async function deleteWhole(services: Services, tx: Tx, caller: Caller, projectId: string): Promise<void> {
  // Whoever ends a run or a session locks that first and its project last; so does this. What is minted until the
  // project is held, is deleted afterwards.
  await deleteSamplesOf(services, tx, caller, projectId)
  if (!(await holdProject(tx, projectId))) throw new Problem('not_found', 'Not found.')
  await deleteSamplesOf(services, tx, caller, projectId)
  await removeProject(tx, projectId)
  await recordAudit(tx, { by: caller, action: 'project.delete', projectId, targets: [projectId] })
}

async function deleteSamplesOf(services: Services, tx: Tx, caller: Caller, projectId: string): Promise<void> {
  for (;;) {
    const ids = await selectSomeIds(tx, projectId, BATCH)
    if (ids.length === 0) return
    // Some may have been deleted by another request meanwhile.
    const locked = await lockToDelete(tx, projectId, ids)
    if (locked.length > 0) await deleteLocked(services, tx, caller, { projectId, ids: locked })
  }
}
