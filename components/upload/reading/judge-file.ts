import type { Policy } from '#lib/genotype/verdict.ts'
import type { JudgeAnswer, JudgeJob } from './judge-messages.ts'
import type { SniffedFile } from './sniff-file.ts'

/** The part of a `Worker` that is used here. */
export interface JudgeWorker {
  onmessage: ((event: MessageEvent<JudgeAnswer>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(job: JudgeJob): void
}

export interface FileJudge {
  /** Starts the worker, so that its code is there when a file is chosen. */
  prepare(): void
  /** As `sniffFile`. */
  judge(file: File, policy: Policy): Promise<SniffedFile>
}

/**
 * Judges files in a worker, or with `inline` where there is none: no workers in this browser, its script blocked or not
 * loaded, or code missing in it. A worker that failed once is not asked again.
 */
export function fileJudge(
  startWorker: () => JudgeWorker,
  inline: (file: File, policy: Policy) => Promise<SniffedFile>,
): FileJudge {
  const waiting = new Map<number, (sniffed: SniffedFile | null) => void>()
  let worker: JudgeWorker | null | undefined
  let jobs = 0

  function giveUp(): void {
    worker = null
    for (const settle of waiting.values()) settle(null)
    waiting.clear()
  }

  function prepare(): void {
    if (worker !== undefined) return
    try {
      worker = startWorker()
      worker.onerror = giveUp
      worker.onmessage = ({ data: { id, sniffed } }) => {
        waiting.get(id)?.(sniffed)
        waiting.delete(id)
      }
    } catch {
      giveUp()
    }
  }

  function ask(file: File, policy: Policy): Promise<SniffedFile | null> {
    prepare()
    const asked = worker
    if (!asked) return Promise.resolve(null)
    return new Promise((resolve) => {
      jobs += 1
      waiting.set(jobs, resolve)
      try {
        asked.postMessage({ id: jobs, file, policy })
      } catch {
        giveUp()
      }
    })
  }

  return {
    prepare,
    judge: async (file, policy) => (await ask(file, policy)) ?? inline(file, policy),
  }
}
