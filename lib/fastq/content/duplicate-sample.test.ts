import { expect, test } from 'vitest'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import { DuplicateSample } from './duplicate-sample.ts'

/** Reads of a library of so many molecules, each drawn at random. */
function estimateOf(reads: number, molecules: number): { estimate: number; truth: number } {
  const random = seededRandom(7)
  const sample = new DuplicateSample()
  const seen = new Set<number>()
  for (let read = 0; read < reads; read++) {
    const molecule = Math.floor(random() * molecules)
    seen.add(molecule)
    const letters = new TextEncoder().encode(molecule.toString(4).padStart(60, '0'))
    sample.add(letters, 0, letters.length)
  }
  return { estimate: sample.estimate()!, truth: 1 - seen.size / reads }
}

test('without duplicates there are none, and without reads nothing can be said', () => {
  expect(estimateOf(1, 1).estimate).toBe(0)
  expect(new DuplicateSample().estimate()).toBeNull()
})

test('a file of fewer sequences than are followed is counted exactly', () => {
  const { estimate, truth } = estimateOf(60_000, 30_000)
  expect(estimate).toBeCloseTo(truth, 10)
})

test('a file of many more is estimated from its first sequences', () => {
  for (const molecules of [80_000, 240_000, 40_000_000]) {
    const { estimate, truth } = estimateOf(240_000, molecules)
    expect(Math.abs(estimate - truth)).toBeLessThan(0.05)
  }
})

test('long reads are compared by their beginning, shorter ones as a whole', () => {
  const share = (length: number) => {
    const sample = new DuplicateSample()
    for (const last of 'ACGT') {
      const letters = new TextEncoder().encode('G'.repeat(length - 1) + last)
      sample.add(letters, 0, length)
    }
    return sample.estimate()
  }
  expect([share(75), share(76)]).toEqual([0, 0.75])
})
