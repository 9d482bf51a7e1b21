import type { Services } from '#lib/services.ts'
import { selectStuck } from './runs-table.ts'

/** Minutes after which a run that was never taken up is queued again: its job was lost. */
const STUCK_MINUTES = 15

/** No scheduled sample waits for ever for its run. */
export async function requeueRuns({ db, queue, log }: Services): Promise<void> {
  for (const runId of await selectStuck(db, STUCK_MINUTES)) {
    log.warn({ run_id: runId }, 'a run was not taken up in time; queued again')
    await queue.enqueue(db, 'run-analysis', { runId }, { singletonKey: runId })
  }
}
