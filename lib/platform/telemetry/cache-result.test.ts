import { expect, test } from 'vitest'
import { cacheResult } from './cache-result.ts'

test('A result is cached for its time for every caller; a failure is not cached', async () => {
  let now = 0
  let asked = 0
  const read = cacheResult(
    10,
    async () => {
      asked++
      if (asked === 2) throw new Error('away')
      return asked
    },
    () => now,
  )
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  now = 9_999
  expect(await read()).toBe(1)
  now = 10_000
  await expect(read()).rejects.toThrow('away')
  expect(await read()).toBe(3)
})
