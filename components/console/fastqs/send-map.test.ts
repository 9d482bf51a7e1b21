import { expect, test, vi } from 'vitest'
import { ApiProblem } from '../api/api.ts'
import { untilAnswered } from './send-map.ts'

const problem = (status: number) => new ApiProblem(status, 'No.', {}, null)
const go = new AbortController().signal

/** Asks a service that gives these answers, one after the other. */
async function ask(answers: (number | 'made')[], signal = go) {
  const waits: number[] = []
  let asked = 0
  const made = untilAnswered(
    signal,
    async () => {
      const answer = answers[asked++] ?? 'made'
      if (answer === 'made') return answer
      throw problem(answer)
    },
    async (milliseconds) => void waits.push(milliseconds),
  )
  return { outcome: await made.catch((error: ApiProblem) => error.status), asked, waits }
}

test('a lost answer, a busy service and a request that is still under way are asked for again, each time later', async () => {
  expect(await ask([0, 503, 429, 409])).toEqual({
    outcome: 'made',
    asked: 5,
    waits: [1_000, 2_000, 4_000, 8_000],
  })
})

test('a refusal, an ended session and what stays unreachable end it', async () => {
  expect(await ask([400])).toMatchObject({ outcome: 400, asked: 1 })
  expect(await ask([401])).toMatchObject({ outcome: 401, asked: 1 })
  expect(await ask([0, 0, 0, 0, 0, 0])).toMatchObject({ outcome: 0, asked: 6 })
})

test('what was stopped is not asked for', async () => {
  const stopped = AbortSignal.abort()
  await expect(untilAnswered(stopped, async () => 'made')).rejects.toThrow(/abort/i)
})

test('once the browser has no connection it ends, with what is known of the last try', async () => {
  vi.stubGlobal('navigator', { onLine: false })
  expect(await ask([0])).toMatchObject({ outcome: 0, asked: 1, waits: [] })
  vi.unstubAllGlobals()
})
