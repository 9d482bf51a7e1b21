import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { RENEWED_WITHIN_MS, takeAnswer } from './take-answer.ts'

/** A list on the page, and the answers that it is still waiting for. */
function shownList() {
  const client = new QueryClient()
  const asked: (() => void)[] = []
  const list = new QueryObserver(client, {
    queryKey: ['samples/', {}],
    queryFn: () => new Promise<number>((resolve) => asked.push(() => resolve(asked.length))),
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  const leave = list.subscribe(() => undefined)
  return { client, asked, leave }
}

test('what came is there at the answer, while the lists that it renews are still asked for', async () => {
  const { client, asked, leave } = shownList()
  const shown: string[] = []
  await takeAnswer(client, 'the link', { answered: (link) => shown.push(link) })
  expect(shown).toEqual(['the link'])
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  leave()
})

test('a change whose answer nobody takes is over once the page shows it', async () => {
  const { client, asked, leave } = shownList()
  let over = false
  const taken = takeAnswer(client, {}, {}).then(() => {
    over = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(over).toBe(false)
  for (const answer of asked) answer()
  await taken
  leave()
})

test('an answer that does not come holds up a change no longer than a few seconds, and is still waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { client, asked, leave } = shownList()
  const taken = takeAnswer(client, {}, {})
  await vi.advanceTimersByTimeAsync(RENEWED_WITHIN_MS)
  await taken
  expect(client.isFetching()).toBe(1)
  for (const answer of asked) answer()
  await vi.waitFor(() => expect(client.getQueryData(['samples/', {}])).toBe(1))
  leave()
  vi.useRealTimers()
})

test('after a change every answer is out of date, also one that no page shows; what it deleted is not asked for', async () => {
  const { client, asked, leave } = shownList()
  client.setQueryData(['project-quality/one', {}], 'by the rules before')
  const sample = vi.fn(async () => 'gone')
  const shown = new QueryObserver(client, {
    queryKey: ['sample-statuses/7', {}],
    queryFn: sample,
    initialData: 'there',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const close = shown.subscribe(() => undefined)
  await takeAnswer(client, {}, { gone: '7', answered: () => undefined })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  for (const path of ['project-quality/one', 'sample-statuses/7'])
    expect(client.getQueryState([path, {}])?.isInvalidated).toBe(true)
  expect(sample).not.toHaveBeenCalled()
  close()
  leave()
})
