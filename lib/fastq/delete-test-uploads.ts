import { recordAudit } from '#lib/audit/record-audit.ts'
import { TEST_SAMPLE_DAYS } from '#lib/samples/delete-test-samples.ts'
import type { Services } from '#lib/services.ts'
import { lockOldTestUploads, updateDeleted } from './fastq-uploads-table.ts'

const BATCH = 200

/**
 * Forget FASTQ uploads of test projects that no sample was made of, a day after they were given; the others are deleted
 * with their samples. Part of the sweeper.
 */
export async function deleteTestUploads({ db }: Pick<Services, 'db'>): Promise<void> {
  let forgotten: number
  do {
    forgotten = await db.transaction().execute(async (tx) => {
      const old = await lockOldTestUploads(tx, { days: TEST_SAMPLE_DAYS, limit: BATCH })
      if (old.length > 0)
        await updateDeleted(
          tx,
          old.map(({ id }) => id),
        )
      for (const [projectId, uploads] of Map.groupBy(old, (upload) => upload.projectId)) {
        const targets = uploads.map(({ id }) => id)
        await recordAudit(tx, { by: { kind: 'retention' }, action: 'fastq.delete', projectId, targets })
      }
      return old.length
    })
  } while (forgotten === BATCH)
}
