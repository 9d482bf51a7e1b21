import { fillGaps } from '../start/fill-gaps.ts'
import type { JudgeAnswer, JudgeJob } from './judge-messages.ts'
import { sniffFile } from './sniff-file.ts'

/** The worker that reads and checks a file, so that no step of it blocks the page. One answer for each job, in order. */
fillGaps()

const worker = self as unknown as {
  onmessage: ((event: MessageEvent<JudgeJob>) => void) | null
  postMessage(answer: JudgeAnswer, transfer?: Transferable[]): void
}

worker.onmessage = async ({ data: { id, file, policy } }) => {
  try {
    const sniffed = await sniffFile(file, policy)
    worker.postMessage({ id, sniffed }, sniffed.bytes ? [sniffed.bytes.buffer] : [])
  } catch {
    worker.postMessage({ id, sniffed: null })
  }
}

// While the person looks for the file.
import('jszip/dist/jszip.min.js').catch(() => undefined)
