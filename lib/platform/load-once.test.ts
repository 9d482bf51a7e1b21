import { expect, test } from 'vitest'
import { loadOnce } from './load-once.ts'

test('what was loaded is kept and shared, and a failure is not', async () => {
  let loads = 0
  const load = loadOnce(async () => {
    loads += 1
    if (loads === 1) throw new Error('no file descriptor is left')
    return loads
  })
  await expect(Promise.all([load(), load()])).rejects.toThrow('no file descriptor')
  expect(await Promise.all([load(), load()])).toEqual([2, 2])
  expect(loads).toBe(2)
})
