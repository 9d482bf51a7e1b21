import type { Services } from '#lib/services.ts'
import { selectStuck } from './runs-table.ts'

/** Minutes after which a run that nobody took up is queued again: its job was lost. */
const QUEUED_MINUTES = 15
/** The same for one that seems to run: longer than its job may, or two workers would be at it. */
const RUNNING_MINUTES = 75

/** No scheduled sample waits for ever for its run. */
export async function requeueRuns({ db, queue, log }: Services): Promise<void> {
  for (const runId of await selectStuck(db, {
    queuedMinutes: QUEUED_MINUTES,
    runningMinutes: RUNNING_MINUTES,
  })) {
    log.warn({ run_id: runId }, 'a run was not taken up in time; queued again')
    await queue.enqueue(db, 'run-analysis', { runId }, { singletonKey: runId })
  }
}
