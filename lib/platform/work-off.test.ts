import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { workOff, workOffEach } from './work-off.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** Batches of 25 seconds each, of which so many have others behind them. */
function batches(more: number) {
  const done: string[] = []
  const batch = async (of = '') => {
    vi.advanceTimersByTime(25_000)
    return done.push(of) <= more
  }
  return { done, batch }
}

test('a backlog is worked off to its last batch, and one without an end for a minute, however long a batch takes', async () => {
  const short = batches(1)
  await workOff(() => short.batch())
  expect(short.done).toHaveLength(2)
  const endless = batches(Number.POSITIVE_INFINITY)
  await workOff(() => endless.batch())
  expect(endless.done).toHaveLength(3)
})

test('several have the time of one step together, and the one that fails keeps no other from its turn', async () => {
  const { done, batch } = batches(Number.POSITIVE_INFINITY)
  const act = async (name: string) => {
    if (name === 'broken') throw new Error('this one does not work')
    return batch(name)
  }
  await expect(workOffEach(['broken', 'long', 'last'], act)).rejects.toThrow('does not work')
  expect(done).toEqual(['long', 'long', 'long'])
})
