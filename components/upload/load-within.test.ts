import { expect, test } from 'vitest'
import { loadWithin } from './load-within.ts'
import { timersForTests } from './sending/timers-for-tests.ts'

test('a part that neither arrives nor fails is given up after ten seconds', async () => {
  const timers = timersForTests()
  const loading = loadWithin(() => new Promise<never>(() => {}), timers)
  const outcome = expect(loading).rejects.toThrow('did not arrive')
  timers.advance(10_000)
  await outcome
})

test('a part is what was loaded, and its failure the failure of the load', async () => {
  const timers = timersForTests()
  expect(await loadWithin(async () => 'part', timers)).toBe('part')
  await expect(loadWithin(() => Promise.reject(new Error('no network')), timers)).rejects.toThrow(
    'no network',
  )
})
