import type { Threads } from '#lib/platform/threads.ts'
import { interrupted } from '../try-again.ts'
import type { ImputationTasks } from './imputation-tasks.ts'

const THREAD = new URL('./imputation-thread.ts', import.meta.url)
/** A chromosome of three million sites takes a few minutes on a slow disk. */
const SECONDS_MAX = 3_600
/** The list of sites of the largest chromosome and the genotypes of a whole export. */
const HEAP_MEGABYTES = 384

/** Do a task of imputation in a thread. Rejects as the task does, and when time or memory run out. */
export async function runInThread<Name extends keyof ImputationTasks>(
  threads: Threads,
  name: Name,
  task: ImputationTasks[Name]['task'],
  signal: AbortSignal,
): Promise<ImputationTasks[Name]['answer']> {
  const limits = { seconds: SECONDS_MAX, heapMegabytes: HEAP_MEGABYTES }
  const outcome = await threads.run(THREAD, { name, task }, limits, signal)
  if (outcome.end !== 'answered') throw interrupted(outcome.end)
  return outcome.answer as ImputationTasks[Name]['answer']
}
