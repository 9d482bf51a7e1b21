import { recordAudit } from '#lib/audit/record-audit.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { TEST_SAMPLE_DAYS } from '#lib/samples/delete-test-samples.ts'
import type { Services, Tx } from '#lib/services.ts'
import { lockOldTestUploads, removeUploads } from './fastq-uploads-table.ts'

const BATCH = 200

/**
 * Remove FASTQ uploads of test projects that no sample was made of, a day after they were given, those that were deleted
 * before included: their destinations are free again. The others are removed with their samples. Part of the sweeper.
 */
export const deleteTestUploads = ({ db }: Pick<Services, 'db'>): Promise<void> =>
  workOff(async () => (await db.transaction().execute(removeSome)) === BATCH)

/** Returns how many there were. */
async function removeSome(tx: Tx): Promise<number> {
  const old = await lockOldTestUploads(tx, { days: TEST_SAMPLE_DAYS, limit: BATCH })
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  await removeUploads(tx, ids)
  const there = old.filter(({ deleted }) => !deleted)
  for (const [projectId, uploads] of Map.groupBy(there, (upload) => upload.projectId)) {
    const targets = uploads.map(({ id }) => id)
    await recordAudit(tx, { by: { kind: 'retention' }, action: 'fastq.delete', projectId, targets })
  }
  return old.length
}
