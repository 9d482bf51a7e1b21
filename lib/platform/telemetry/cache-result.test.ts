import { expect, test } from 'vitest'
import { rememberFor } from './cache-result.ts'

test('An answer is kept for its time, whoever asks meanwhile, and a failure is not', async () => {
  let now = 0
  let asked = 0
  const read = rememberFor(
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
