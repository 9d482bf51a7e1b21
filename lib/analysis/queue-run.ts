import { setSampleRun } from '#lib/samples/set-sample-run.ts'
import type { Services, Tx } from '#lib/services.ts'
import { RUN_JOBS, type RunInput } from './run.ts'
import { insertRun } from './runs-table.ts'

/** Queue the run of a sample in the caller's transaction: a scheduled sample always has its run, and a run its job. */
export async function queueRun(
  { queue }: Pick<Services, 'queue'>,
  tx: Tx,
  { sampleId, input }: { sampleId: string; input: RunInput },
): Promise<string> {
  const runId = await insertRun(tx, sampleId, input)
  await setSampleRun(tx, sampleId, runId)
  await queue.enqueue(tx, RUN_JOBS[input.kind], { runId })
  return runId
}
