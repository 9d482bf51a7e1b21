import { fillGaps } from '../start/fill-gaps.ts'
import { judgeInline } from './judge-inline.ts'
import { type JudgeAnswer, type JudgeJob, WORKER_RUNS } from './judge-messages.ts'

/** The worker that reads, checks and hashes a file, so that no step of it blocks the page. */
fillGaps()

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<JudgeJob>) => void) | null
  postMessage(answer: JudgeAnswer, transfer?: Transferable[]): void
}

worker.onmessage = async ({ data: { id, file, policy } }) => {
  try {
    const { verdict, content } = await judgeInline(file, policy)
    worker.postMessage({ id, verdict })
    if (!verdict.ok) return
    const { bytes, sha256 } = await content()
    worker.postMessage({ id, content: { bytes, sha256 } }, [bytes.buffer])
  } catch {
    worker.postMessage({ id })
  }
}

worker.postMessage({ id: WORKER_RUNS })

// While the person looks for the file.
import('jszip/dist/jszip.min.js').catch(() => undefined)
