import type { ArchiveCheck, ArchiveCheckOptions, ArchiveVerdict } from '#lib/genotype/archive-check.ts'
import { CHECK_SECONDS_MAX } from '#lib/genotype/limits.ts'
import type { Threads } from '#lib/platform/threads.ts'
import type { ArchiveCheckTask } from './check-archive-thread.ts'

/** Heap of one check; a full export needs about a third of it. */
const HEAP_MEGABYTES = 96
const THREAD = new URL('./check-archive-thread.ts', import.meta.url)

/**
 * `ArchiveCheck` in a thread of its own for each file. A check that takes too long or too much memory says so in
 * its verdict; it rejects when the file cannot be read, and for our own bugs. Only `boot.ts` may import this file:
 * a bundled route would carry a copy of the thread.
 */
export function createArchiveCheck(threads: Threads): ArchiveCheck {
  return async (path: string, { policy, rowsMin }: ArchiveCheckOptions): Promise<ArchiveVerdict> => {
    const limits = { seconds: CHECK_SECONDS_MAX, heapMegabytes: HEAP_MEGABYTES }
    const task: ArchiveCheckTask = { path, policy, rowsMin }
    const outcome = await threads.run(THREAD, task, limits)
    if (outcome.end === 'answered') return outcome.answer as ArchiveVerdict
    const detail = outcome.end === 'timeout' ? 'check_timeout' : 'bomb'
    return { ok: false, faults: [{ reason: 'zip_unsafe', detail }] }
  }
}
