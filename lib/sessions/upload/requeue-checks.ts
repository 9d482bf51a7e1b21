import type { Services } from '#lib/services.ts'
import { selectStuck } from './uploads-table.ts'

/** Minutes after which a check that has not ended is queued again: its job has run out of retries, or was lost. */
const STUCK_MINUTES = 10

/** No received file waits for ever for its verdict: queue the check of every one that has waited too long. */
export async function requeueChecks({ db, queue, log }: Services): Promise<void> {
  for (const id of await selectStuck(db, STUCK_MINUTES)) {
    log.warn({ sample_id: id.slice(0, 36) }, 'a check has not ended in time; queued again')
    await queue.enqueue(db, 'verify-upload', { uploadId: id }, { singletonKey: id })
  }
}
