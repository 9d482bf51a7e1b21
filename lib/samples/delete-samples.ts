import type { Caller } from '#lib/access/caller.ts'
import { type Actor, nameActor } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { forgetAnswersAbout } from '#lib/idempotency/answer-once.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services, Tx } from '#lib/services.ts'
import { despiteDeadlocks } from './despite-deadlocks.ts'
import { SampleIds } from './sample-ids.ts'
import { lockToDelete, replaceByTombstones } from './tombstones-table.ts'

/**
 * Delete samples of a project for good, all of them or none. Once this resolves nothing of them can be read: their links
 * are void and their runs stop. A job queued in the same transaction erases their bytes; tombstones and an entry in the
 * audit trail remain. Throws 404 for a project the caller may not see, and 400 when an id is not a sample of this
 * project.
 */
export async function deleteSamples(
  services: Services,
  caller: Caller,
  { projectId, fields }: { projectId: string; fields: Record<string, unknown> },
): Promise<void> {
  const project = await findVisibleProject(services, caller, projectId)
  const { sample_ids: ids } = parseFields(SampleIds, fields)
  await despiteDeadlocks(() =>
    services.db
      .transaction()
      .execute((tx) => deleteAll(services, tx, caller, { projectId: project.id, ids })),
  )
}

async function deleteAll(
  services: Services,
  tx: Tx,
  caller: Caller,
  { projectId, ids }: { projectId: string; ids: string[] },
): Promise<void> {
  const found = await lockToDelete(tx, projectId, ids)
  if (found.length < ids.length) {
    const message = 'All sample ids must be part of the current project.'
    throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
  }
  await deleteLocked(services, tx, caller, { projectId, ids })
}

/** Delete samples of a project that this transaction has locked. */
export async function deleteLocked(
  { queue }: Pick<Services, 'queue'>,
  tx: Tx,
  by: Actor,
  { projectId, ids }: { projectId: string; ids: string[] },
): Promise<void> {
  await replaceByTombstones(tx, ids, nameActor(by))
  await forgetAnswersAbout(tx, ids)
  await queue.enqueue(tx, 'erase-samples', { sampleIds: ids })
  await recordAudit(tx, { by, action: 'sample.delete', projectId, targets: ids })
}
