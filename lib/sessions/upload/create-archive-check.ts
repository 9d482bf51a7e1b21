import type { ArchiveCheck, ArchiveCheckOptions, ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import { CHECK_CPU_SECONDS_MAX, CHECK_SECONDS_MAX } from '#lib/genotype/limits.ts'
import type { Threads } from '#lib/platform/threads.ts'
import type { ArchiveCheckTask } from './check-archive-thread.ts'
import { CheckInterrupted } from './check-interrupted.ts'

/** Heap of one check; a full export needs about a third of it. */
const HEAP_MEGABYTES = 96
const THREAD = new URL('./check-archive-thread.ts', import.meta.url)

/**
 * `ArchiveCheck` in a thread of its own for each file. Too much processor time is the file's fault and a verdict; a
 * check that runs out of other time or of memory rejects with `CheckInterrupted`, as it may go better the next time. It
 * also rejects when the file cannot be read, and for our own bugs. Only `boot.ts` may import this file:
 * a bundled route would carry a copy of the thread.
 */
export function createArchiveCheck(threads: Threads): ArchiveCheck {
  return async (path: string, { policy, rowsMin }: ArchiveCheckOptions): Promise<ArchiveVerdict> => {
    const limits = {
      seconds: CHECK_SECONDS_MAX,
      cpuSeconds: CHECK_CPU_SECONDS_MAX,
      heapMegabytes: HEAP_MEGABYTES,
    }
    const task: ArchiveCheckTask = { path, policy, rowsMin }
    const outcome = await threads.run(THREAD, task, limits)
    if (outcome.end === 'answered') return outcome.answer as ArchiveVerdict
    if (outcome.end !== 'cpu_time_used') throw new CheckInterrupted(outcome.end)
    return { ok: false, faults: [{ reason: 'zip_unsafe', detail: 'check_timeout' }] }
  }
}
