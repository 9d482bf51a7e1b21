import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exceedsDepth, textExceedsDepth } from './exceeds-depth.ts'

test('The depth of JSON is the same as text and as a value', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.nat(7), (text, levels) => {
      expect(textExceedsDepth(text, levels)).toBe(exceedsDepth(JSON.parse(text), levels))
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['{"a":"[[[[","\\\\":["\\"{{{"]}', 2, false],
  ['[[[', 2, true],
  ['"'.repeat(131_072), 1, false],
  [`"${'\\"'.repeat(65_536)}`, 1, false],
  ['['.repeat(131_072), 8, true],
])('Text that opens nothing, or does not end, is judged in linear time: %#', (text, levels, exceeds) => {
  expect(textExceedsDepth(text, levels)).toBe(exceeds)
})
