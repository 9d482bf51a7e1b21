import { setSampleRun } from '#lib/samples/record-run-results.ts'
import type { Services, Tx } from '#lib/services.ts'
import { queueOf, RUN_JOBS, type RunInput } from './run.ts'
import { insertRun, selectStuckRuns } from './runs-table.ts'

/** Queue the run of a sample in the caller's transaction: a scheduled sample always has its run, and a run its job. */
export async function queueRun(
  { queue }: Pick<Services, 'queue'>,
  tx: Tx,
  { sampleId, input }: { sampleId: string; input: RunInput },
): Promise<string> {
  const runId = await insertRun(tx, sampleId, input)
  await setSampleRun(tx, sampleId, runId)
  await queue.enqueue(tx, RUN_JOBS[queueOf(input)], { runId })
  return runId
}

/** A run that nobody took up, or gave back: its job was lost. Longer than the queue waits between two tries; many FASTQ runs, and many imputations, wait for one another. */
const WAITING_MINUTES = { array: 15, imputation: 1_440, fastq: 1_440 }
/** A run whose worker fell silent. The queue, which notices a killed worker too, comes first. */
const SILENT_SECONDS = 90

/** No scheduled sample waits for ever for its run, and no running one for a worker that is gone. */
export async function requeueRuns({ db, queue, log }: Services): Promise<void> {
  const patience = { waitingMinutes: WAITING_MINUTES, silentSeconds: SILENT_SECONDS }
  for (const { runId, queue: line } of await selectStuckRuns(db, patience)) {
    log.warn({ run_id: runId }, 'a run was not taken up in time; queued again')
    await queue.enqueue(db, RUN_JOBS[line], { runId }, { singletonKey: runId })
  }
}
