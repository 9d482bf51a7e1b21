import fc from 'fast-check'
import { expect, test } from 'vitest'
import { putNumber } from './put-bytes.ts'

test('numbers stand in decimal digits, exactly where they were put', () => {
  const numbers = fc.oneof(fc.nat(), fc.constantFrom(0, 9, 10, 99, 100, 999_999_999, 2_147_483_647))
  fc.assert(
    fc.property(numbers, fc.nat({ max: 5 }), (value, at) => {
      const buffer = new Uint8Array(20).fill(0x2e)
      const end = putNumber(buffer, at, value)
      const text = new TextDecoder().decode(buffer)
      expect(text.slice(0, end)).toBe(`${'.'.repeat(at)}${value}`)
      expect(text.slice(end)).toMatch(/^\.*$/)
    }),
  )
})
