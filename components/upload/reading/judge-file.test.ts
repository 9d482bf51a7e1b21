import { expect, test } from 'vitest'
import type { Verdict } from '#lib/genotype/verdict.ts'
import { timersForTests } from '../sending/timers-for-tests.ts'
import { fileJudge, type Judged, type JudgeWorker } from './judge-file.ts'
import { judgeInline } from './judge-inline.ts'
import { type FileContent, type JudgeAnswer, type JudgeJob, WORKER_RUNS } from './judge-messages.ts'

const REFUSED: Verdict<never> = { ok: false, faults: [{ reason: 'not_a_zip' }] }
const accepted = { vendor: '23andme', statedBuild: 37, container: 'original' } as const
const ACCEPTED = { ok: true, accepted } as const
const contentOf = (letter: string): FileContent => ({
  bytes: new Uint8Array([letter.charCodeAt(0)]),
  sha256: letter.repeat(64),
})
const [OURS, THEIRS] = [contentOf('a'), contentOf('b')]
const file = new File(['x'], 'x.zip')
const inline = async (): Promise<Judged> => ({ verdict: ACCEPTED, content: async () => OURS })

function workerThat(act: (worker: JudgeWorker, job: JudgeJob) => void): () => JudgeWorker {
  return () => {
    const worker: JudgeWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (job) => act(worker, job),
      terminate() {},
    }
    return worker
  }
}
const answer = (worker: JudgeWorker, data: JudgeAnswer) => worker.onmessage?.({ data } as MessageEvent)
const fail = (worker: JudgeWorker) => worker.onerror?.({} as ErrorEvent)

test('verdict, bytes and digest are the worker’s, and each file gets its own', async () => {
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
  answer(started!, { id: jobs[1]!.id, verdict: ACCEPTED })
  answer(started!, { id: jobs[0]!.id, verdict: REFUSED })
  expect((await first).verdict).toBe(REFUSED)
  const { verdict, content } = await second
  expect(verdict).toBe(ACCEPTED)
  answer(started!, { id: jobs[1]!.id, content: THEIRS })
  expect(await content()).toBe(THEIRS)
})

test.each<[string, () => JudgeWorker]>([
  [
    'there are no workers',
    () => {
      throw new Error('not a constructor')
    },
  ],
  ['its script does not load', workerThat(fail)],
  ['code is missing in it', workerThat((worker, { id }) => answer(worker, { id }))],
  [
    'the code that hashes is missing in it',
    workerThat((worker, { id }) => {
      answer(worker, { id, verdict: ACCEPTED })
      answer(worker, { id })
    }),
  ],
  [
    'it cannot take the file',
    workerThat(() => {
      throw new Error('DataCloneError')
    }),
  ],
  [
    'it ends before it has hashed the file',
    workerThat((worker, { id }) => {
      answer(worker, { id, verdict: ACCEPTED })
      fail(worker)
    }),
  ],
])('a file is judged and hashed on the page when %s', async (_, start) => {
  const judge = fileJudge(start, inline)
  judge.prepare()
  for (let time = 0; time < 2; time++) {
    const { verdict, content } = await judge.judge(file, 'strict')
    expect(verdict).toBe(ACCEPTED)
    expect(await content()).toBe(OURS)
  }
})

test('a worker whose script neither comes nor fails is not waited for', async () => {
  const timers = timersForTests()
  const judge = fileJudge(
    workerThat(() => {}),
    inline,
    timers,
  )
  const judging = judge.judge(file, 'strict')
  timers.advance(10_000)
  expect(await (await judging).content()).toBe(OURS)
})

test('a worker that runs may take as long as the file needs', async () => {
  const timers = timersForTests()
  let reading: JudgeJob | undefined
  const start = workerThat((_, job) => {
    reading = job
  })
  let running: JudgeWorker | undefined
  const judge = fileJudge(
    () => {
      running = start()
      return running
    },
    inline,
    timers,
  )
  const judging = judge.judge(file, 'strict')
  answer(running!, { id: WORKER_RUNS })
  timers.advance(60_000)
  answer(running!, { id: reading!.id, verdict: REFUSED })
  expect((await judging).verdict).toBe(REFUSED)
})

test('a refused file has no content that could be sent', async () => {
  const { verdict, content } = await judgeInline(file, 'strict')
  expect(verdict).toMatchObject({ ok: false, faults: [{ reason: 'not_a_zip' }] })
  await expect(content()).rejects.toThrow()
})
