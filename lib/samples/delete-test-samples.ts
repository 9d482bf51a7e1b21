import { workOffEach } from '#lib/platform/work-off.ts'
import type { Services } from '#lib/services.ts'
import { deleteLocked } from './delete-samples.ts'
import { despiteDeadlocks } from './despite-deadlocks.ts'
import { lockToDelete, selectOldSamples, selectOldTestProjects } from './tombstones-table.ts'

/** Days after which a sample of a test project is deleted, whatever the project's retention says. */
export const TEST_SAMPLE_DAYS = 1

const BATCH = 200

/**
 * Delete samples of test projects a day after they were created, whatever has become of them: links are void, runs stop,
 * queued jobs erase the bytes, and tombstones and entries in the audit trail remain. A project whose samples cannot be
 * deleted holds up no other. Part of the sweeper.
 */
export async function deleteTestSamples(services: Pick<Services, 'db' | 'queue'>): Promise<void> {
  const projects = await selectOldTestProjects(services.db, TEST_SAMPLE_DAYS)
  await workOffEach(projects, (projectId) => deleteBatch(services, projectId))
}

/** Returns whether there may be more. */
async function deleteBatch(services: Pick<Services, 'db' | 'queue'>, projectId: string): Promise<boolean> {
  const old = await selectOldSamples(services.db, projectId, { days: TEST_SAMPLE_DAYS, limit: BATCH })
  if (old.length === 0) return false
  await despiteDeadlocks(() =>
    services.db.transaction().execute(async (tx) => {
      // Some may have been deleted by another request meanwhile.
      const ids = await lockToDelete(tx, projectId, old)
      if (ids.length > 0) await deleteLocked(services, tx, { kind: 'retention' }, { projectId, ids })
    }),
  )
  return true
}
