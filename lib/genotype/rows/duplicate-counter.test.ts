import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DuplicateCounter } from './duplicate-counter.ts'

test('counts every number that occurred before, exactly', () => {
  const id = fc.oneof(
    fc.nat(300),
    fc.nat(),
    fc.maxSafeNat().map((number) => number - (number % 2)),
  )
  fc.assert(
    fc.property(fc.array(id, { maxLength: 2_000 }), (numbers) => {
      const counter = new DuplicateCounter()
      for (const number of numbers) counter.add(number)
      expect(counter.count()).toBe(numbers.length - new Set(numbers).size)
    }),
    { numRuns: 20 },
  )
})

test.each([
  ['rsids', 0],
  ['other ids', 2 ** 32],
])('stays exact when %s outgrow their first table', (_, from) => {
  const counter = new DuplicateCounter()
  const distinct = 900_000
  for (let index = 0; index < distinct; index++) counter.add(from + index * 8)
  expect(counter.count()).toBe(0)
  for (let index = 0; index < distinct; index += 1_000) counter.add(from + index * 8)
  expect(counter.count()).toBe(900)
})
