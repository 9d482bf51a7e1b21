import { expect, test } from 'vitest'
import { runMinorGc } from './run-minor-gc.ts'

test('what bodies leave behind is collected every four megabytes, however they come', () => {
  let collections = 0
  const doneWith = runMinorGc(() => collections++)
  for (const bytes of [5_242_880, 1_000, 4_000_000, 300_000, 0, 1_048_576]) doneWith(bytes)
  expect(collections).toBe(2)
})

test('the real collector is there and can be called', () => {
  expect(() => runMinorGc()(8_388_608)).not.toThrow()
})
