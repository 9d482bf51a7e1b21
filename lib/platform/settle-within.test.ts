import { expect, test } from 'vitest'
import { settleWithin } from './settle-within.ts'

test('A step that never ends, or fails, does not keep the next one waiting', async () => {
  expect(await settleWithin(1, new Promise(() => {}))).toBeUndefined()
  expect(await settleWithin(60_000, Promise.reject(new Error('broken')))).toBeUndefined()
  expect(await settleWithin(60_000, Promise.resolve('done'))).toBe('done')
})
