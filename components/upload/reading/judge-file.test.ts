import { expect, test } from 'vitest'
import { fileJudge, type JudgeWorker } from './judge-file.ts'
import type { JudgeJob } from './judge-messages.ts'
import type { SniffedFile } from './sniff-file.ts'

const REFUSED: SniffedFile = { verdict: { ok: false, faults: [{ reason: 'not_a_zip' }] } }
const INLINE: SniffedFile = { verdict: { ok: false, faults: [{ reason: 'file_empty' }] } }
const file = new File(['x'], 'x.zip')

function workerThat(act: (worker: JudgeWorker, job: JudgeJob) => void): () => JudgeWorker {
  return () => {
    const worker: JudgeWorker = { onmessage: null, onerror: null, postMessage: (job) => act(worker, job) }
    return worker
  }
}
const answer = (worker: JudgeWorker, id: number, sniffed: SniffedFile | null) =>
  worker.onmessage?.({ data: { id, sniffed } } as MessageEvent)
const inline = async () => INLINE

test('the worker’s verdict is the page’s, and each file gets its own', async () => {
  const jobs: JudgeJob[] = []
  let started: JudgeWorker | undefined
  const judge = fileJudge(
    workerThat((worker, job) => {
      started = worker
      jobs.push(job)
    }),
    inline,
  )
  const [first, second] = [judge.judge(file, 'strict'), judge.judge(file, 'strict')]
  answer(started!, jobs[1]!.id, INLINE)
  answer(started!, jobs[0]!.id, REFUSED)
  expect(await first).toBe(REFUSED)
  expect(await second).toBe(INLINE)
})

test.each<[string, () => JudgeWorker]>([
  [
    'there are no workers',
    () => {
      throw new Error('not a constructor')
    },
  ],
  ['its script does not load', workerThat((worker) => worker.onerror?.({} as ErrorEvent))],
  ['code is missing in it', workerThat((worker, { id }) => answer(worker, id, null))],
  [
    'it cannot take the file',
    workerThat(() => {
      throw new Error('DataCloneError')
    }),
  ],
])('a file is judged on the page when %s', async (_, start) => {
  const judge = fileJudge(start, inline)
  judge.prepare()
  expect(await judge.judge(file, 'strict')).toBe(INLINE)
  expect(await judge.judge(file, 'strict')).toBe(INLINE)
})
