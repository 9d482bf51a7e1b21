import { recordAudit } from '#lib/audit/record-audit.ts'
import { workOffEach } from '#lib/platform/work-off.ts'
import { TEST_SAMPLE_DAYS } from '#lib/samples/delete-test-samples.ts'
import type { Services, Tx } from '#lib/services.ts'
import { lockOldUploads, removeUploads, selectProjectsWithOldUploads } from './fastq-uploads-table.ts'

const BATCH = 200

/**
 * Remove FASTQ uploads of test projects that no sample was made of, a day after they were given, those that were deleted
 * before included: their destinations are free again. The others are removed with their samples. A project whose uploads
 * cannot be removed holds up no other. Part of the sweeper.
 */
export async function deleteTestUploads({ db }: Pick<Services, 'db'>): Promise<void> {
  const projects = await selectProjectsWithOldUploads(db, TEST_SAMPLE_DAYS)
  await workOffEach(projects, (projectId) => db.transaction().execute((tx) => removeSome(tx, projectId)))
}

/** Returns whether there may be more. */
async function removeSome(tx: Tx, projectId: string): Promise<boolean> {
  const old = await lockOldUploads(tx, projectId, { days: TEST_SAMPLE_DAYS, limit: BATCH })
  if (old.length === 0) return false
  const ids = old.map(({ id }) => id)
  await removeUploads(tx, ids)
  const targets = old.filter(({ deleted }) => !deleted).map(({ id }) => id)
  if (targets.length > 0) {
    await recordAudit(tx, { by: { kind: 'retention' }, action: 'fastq.delete', projectId, targets })
  }
  return old.length === BATCH
}
