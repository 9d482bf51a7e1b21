import { expect, test } from 'vitest'
import { typicalOf, usualCallRate, usualRows } from './usual-figures.ts'

test('what lies far from the usual figures of its chip is marked in words, and what is near is not', () => {
  const chip = typicalOf('AncestryDNA V2.0')
  expect(usualRows(chip, 676_000)).toBe('usual for this chip: 669,000–677,000')
  expect(usualRows(chip, 640_000)).toBe('usual for this chip: 669,000–677,000')
  expect(usualRows(chip, 1_200)).toBe('far fewer than usual for this chip: 669,000–677,000')
  expect(usualRows(chip, 1_400_000)).toBe('far more than usual for this chip: 669,000–677,000')
  expect(usualRows(typicalOf(null), 1_200)).toBeUndefined()
  const v4 = typicalOf('23andMe v4')
  expect(usualCallRate(v4, 0.97)).toMatch(/^usual for this chip: 98\.9.%$/)
  expect(usualCallRate(v4, 0.8)).toMatch(/^far below usual for this chip: 98\.9.%$/)
})
