import { expect, test } from 'vitest'
import { readImputationNumbers } from './read-imputation-numbers.ts'

const accuracy = (markers: number, concordance: number | null) => ({
  markers,
  concordance,
  nonReferenceDiscordance: null,
  dosageR2: null,
})
const REPORT = {
  why: null,
  panel: { id: 'p/1@0123456789ab' },
  engine: 'Beagle 5.4',
  typed: 1_000,
  imputed: 4_000,
  sure: 3_600,
  regions: [
    { key: '20', imputed: 3_000, sure: 2_700 },
    { key: 'X-PAR1', imputed: 0, sure: 0 },
    { key: 'X', imputed: 1_000, sure: 900 },
  ],
  masked: {
    ...accuracy(120, 0.975),
    regions: ['20', '22'],
    byFrequency: [
      { upTo: 0.01, ...accuracy(0, null) },
      { upTo: 0.05, ...accuracy(20, 0.9) },
      { upTo: 0.5, ...accuracy(100, 0.99) },
    ],
  },
}

test('An imputation is shown by frequency and chromosome, without what was not imputed or not hidden', () => {
  const numbers = readImputationNumbers({ imputation: REPORT })!
  expect(numbers.facts.map(({ value }) => value)).toEqual([
    'p/1@0123456789ab',
    'Beagle 5.4',
    '1,000',
    '4,000',
    '90%',
    '97.5%',
  ])
  expect(numbers.hidden).toEqual([
    { name: 'up to 5 %', share: 0.9 },
    { name: 'up to 50 %', share: 0.99 },
  ])
  expect(numbers.hiddenOf).toEqual({ regions: ['20', '22'], markers: 120 })
  expect(numbers.sure).toEqual([
    { name: '20', share: 0.9 },
    { name: 'X', share: 0.9 },
  ])
})

test('What was not imputed has no figures; without hidden markers, there is no accuracy', () => {
  for (const qc of [null, {}, { imputation: { ...REPORT, why: 'low_overlap' } }]) {
    expect(readImputationNumbers(qc)).toBeUndefined()
  }
  const numbers = readImputationNumbers({ imputation: { ...REPORT, masked: null } })!
  expect([numbers.hidden, numbers.facts.at(-1)!.value]).toEqual([[], '–'])
})
