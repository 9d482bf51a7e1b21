import type { Policy, Sniffed, Verdict } from '#lib/genotype/verdict.ts'
import { LOAD_MS_MAX } from '../load-within.ts'
import { browserTimers } from '../sending/timers.ts'
import { type FileContent, type JudgeAnswer, type JudgeJob, WORKER_RUNS } from './judge-messages.ts'

/** The part of a `Worker` that is used here. */
export interface JudgeWorker {
  onmessage: ((event: MessageEvent<JudgeAnswer>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(job: JudgeJob): void
  terminate(): void
}

/** What is known of a chosen file. */
export interface Judged {
  verdict: Verdict<Sniffed>
  /** Of an accepted file. Rejects when the bytes cannot be hashed. */
  content(): Promise<FileContent>
}

export interface FileJudge {
  /** Starts the worker, so that its code is there when a file is chosen. */
  prepare(): void
  /** Reads, checks and hashes a file. Rejects when code that is needed for it cannot be loaded. */
  judge(file: File, policy: Policy): Promise<Judged>
}

/** One file that the worker is busy with; null is the answer of a worker that cannot tell. */
interface Asked {
  verdict: Promise<Verdict<Sniffed> | null>
  content: Promise<FileContent | null>
}

/**
 * Judges files in a worker, or with `inline` where there is none: no workers in this browser, its script blocked or not
 * loaded within ten seconds, or code missing in it. A worker that failed once is not asked again.
 */
export function fileJudge(
  startWorker: () => JudgeWorker,
  inline: (file: File, policy: Policy) => Promise<Judged>,
  timers = browserTimers,
): FileJudge {
  const waiting = new Map<number, (answer: JudgeAnswer) => void>()
  let worker: JudgeWorker | null | undefined
  let jobs = 0
  let runs = () => {}

  function giveUp(): void {
    runs()
    worker?.terminate()
    worker = null
    for (const [id, hear] of waiting) hear({ id })
    waiting.clear()
  }

  function prepare(): void {
    if (worker !== undefined) return
    try {
      worker = startWorker()
      runs = timers.after(LOAD_MS_MAX, giveUp)
      worker.onerror = giveUp
      worker.onmessage = ({ data }) => {
        runs()
        if (data.id === WORKER_RUNS) return
        waiting.get(data.id)?.(data)
        if (!data.verdict?.ok) waiting.delete(data.id)
      }
    } catch {
      giveUp()
    }
  }

  function ask(file: File, policy: Policy): Asked | null {
    prepare()
    if (!worker) return null
    jobs += 1
    const asked = hearAnswers((hear) => waiting.set(jobs, hear))
    try {
      worker.postMessage({ id: jobs, file, policy })
    } catch {
      giveUp()
    }
    return asked
  }

  return {
    prepare,
    async judge(file, policy) {
      const asked = ask(file, policy)
      const verdict = await asked?.verdict
      if (!verdict) return inline(file, policy)
      return {
        verdict,
        content: async () => (await asked!.content) ?? (await inline(file, policy)).content(),
      }
    },
  }
}

/** The answers to one job as promises. Neither rejects. */
function hearAnswers(listen: (hear: (answer: JudgeAnswer) => void) => void): Asked {
  let verdictIs: (verdict: Verdict<Sniffed> | null) => void
  let contentIs: (content: FileContent | null) => void
  const asked: Asked = {
    verdict: new Promise((resolve) => {
      verdictIs = resolve
    }),
    content: new Promise((resolve) => {
      contentIs = resolve
    }),
  }
  listen(({ verdict, content }) => {
    if (verdict) return verdictIs(verdict)
    contentIs(content ?? null)
    verdictIs(null)
  })
  return asked
}
