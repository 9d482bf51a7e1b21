import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services } from '#lib/services.ts'
import { updateCanceled } from './runs-table.ts'

/**
 * Cancel the run of a sample that is scheduled or running: the sample is `canceled` at once, and the worker that has
 * the run stops within a second or so. False when no run of it is under way: it has ended, or never began.
 */
export function cancelRun({ db }: Pick<Services, 'db'>, sampleId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    // Lock the run first, then the sample, like everything that ends a run: the other order could deadlock.
    if (!(await updateCanceled(tx, sampleId))) return false
    return moveSample(tx, { sampleId, to: 'canceled' })
  })
}
