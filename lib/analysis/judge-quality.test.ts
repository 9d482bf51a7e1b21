import { describe, expect, test } from 'vitest'
import { type ChromosomeSummary, type ExportSummary, summariseExport } from '#lib/genotype/export-summary.ts'
import { RowTally } from '#lib/genotype/rows/row-tally.ts'
import { ProjectSettings } from '#lib/projects/project.ts'
import { judgeQuality, type QualityCheck } from './judge-quality.ts'
import { QUALITY_KEYS, type QualityKey } from './quality-rules.ts'

const chromosome = (numbers: Partial<ChromosomeSummary>): ChromosomeSummary => ({
  rows: 1_000,
  calls: 990,
  noCalls: 10,
  heterozygous: 280,
  heterozygosity: 280 / 990,
  haploid: 0,
  indels: 0,
  ...numbers,
})

/** A man's sound export. */
const sound: ExportSummary = {
  ...summariseExport(new RowTally(), { vendor: '23andme', statedBuild: 37, comments: [] }),
  rows: 600_000,
  callRate: 0.985,
  autosomalCallRate: 0.985,
  autosomalHeterozygosity: 0.29,
  byChromosome: {
    1: chromosome({}),
    2: chromosome({ calls: 970 }),
    21: chromosome({ rows: 99, calls: 0 }),
    X: chromosome({ calls: 0 }),
    Y: chromosome({ calls: 1_000 }),
    MT: chromosome({ calls: 1_000 }),
  },
  inferredSex: 'male',
  sexEvidence: { xCalls: 2_000, xHeterozygous: 10, yRows: 1_000, yCalls: 980, autosomalCallRate: 0.985 },
  heterozygousHaploid: 16,
  positionBuild: 37,
}

function judge(
  key: QualityKey,
  numbers: Partial<ExportSummary> = {},
  settings: Partial<ProjectSettings> = {},
): QualityCheck {
  const checks = judgeQuality({ ...sound, ...numbers }, ProjectSettings.parse(settings))
  return checks.find((check) => check.key === key)!
}

test('every check is made, in the order of the list, and a sound export passes all that are asked', () => {
  const checks = judgeQuality(sound, ProjectSettings.parse({}))
  expect(checks.map(({ key }) => key)).toEqual(QUALITY_KEYS)
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(checks.filter(({ note }) => note)).toEqual([])
})

/** For each share: the setting, and the summary that measures a value. */
const SHARES: [QualityKey, keyof ProjectSettings, (value: number) => Partial<ExportSummary>][] = [
  ['low_call_rate', 'callRateMin', (autosomalCallRate) => ({ autosomalCallRate })],
  ['low_overall_call_rate', 'overallCallRateMin', (callRate) => ({ callRate })],
  [
    'low_chromosome_call_rate',
    'chromosomeCallRateMin',
    (share) => ({ byChromosome: { 1: chromosome({}), 7: chromosome({ calls: share * 1_000 }) } }),
  ],
  ['low_heterozygosity', 'heterozygosityMin', (autosomalHeterozygosity) => ({ autosomalHeterozygosity })],
  ['high_heterozygosity', 'heterozygosityMax', (autosomalHeterozygosity) => ({ autosomalHeterozygosity })],
  ['heterozygous_haploid', 'heterozygousHaploidMax', (share) => ({ heterozygousHaploid: share * 4_000 })],
  ['duplicate_rows', 'duplicatesMax', (share) => ({ duplicates: { ids: share * 600_000, positions: 9 } })],
  ['format_drift', 'driftMax', (share) => ({ drift: { ...sound.drift, unknownIds: share * 600_000 } })],
]
const UPPER: readonly QualityKey[] = [
  'high_heterozygosity',
  'heterozygous_haploid',
  'duplicate_rows',
  'format_drift',
]

describe.each(SHARES)('%s by %s', (key, setting, measuring) => {
  const settings = { [setting]: 0.5 }
  const sound = UPPER.includes(key) ? 0.4 : 0.6
  const bad = UPPER.includes(key) ? 0.501 : 0.499

  test('passes on the sound side of the threshold', () => {
    expect(judge(key, measuring(sound), settings)).toMatchObject({
      status: 'succeeded',
      expected: 0.5,
      note: '',
    })
  })

  test('passes at the threshold', () => {
    expect(judge(key, measuring(0.5), settings)).toMatchObject({
      status: 'succeeded',
      measured: 0.5,
      note: '',
    })
  })

  test('fails beyond it, with a note of its code and both figures', () => {
    const check = judge(key, measuring(bad), settings)
    expect(check).toMatchObject({ status: 'failed', expected: 0.5, measured: bad })
    expect(check.note).toMatch(new RegExp(`^${key}: .*${bad * 100} %.*; .* at (least|most) 50\\.0 %\\.$`))
  })

  test('is skipped where the project asks for nothing, and measured all the same', () => {
    expect(judge(key, measuring(bad), { [setting]: null })).toEqual({
      key,
      status: 'skipped',
      expected: null,
      measured: bad,
      note: '',
    })
  })
})

describe('defaults', () => {
  test.each([
    ['low_call_rate', { autosomalCallRate: 0.8999 }],
    ['low_chromosome_call_rate', { byChromosome: { 3: chromosome({ calls: 799 }) } }],
    ['low_heterozygosity', { autosomalHeterozygosity: 0.0999 }],
    ['high_heterozygosity', { autosomalHeterozygosity: 0.4501 }],
    ['heterozygous_haploid', { heterozygousHaploid: 81 }],
    ['duplicate_rows', { duplicates: { ids: 6_001, positions: 0 } }],
  ] as const)('%s fails by itself', (key, numbers) => {
    expect(judge(key, numbers).status).toBe('failed')
  })

  test('a value just beyond a threshold is not shown as the threshold', () => {
    expect(judge('low_call_rate', { autosomalCallRate: 0.89999 }).note).toContain('89.9 %')
    expect(judge('high_heterozygosity', { autosomalHeterozygosity: 0.45001 }).note).toContain('45.001 %')
  })
})

describe('what says too little decides nothing', () => {
  test.each([
    ['low_chromosome_call_rate', { byChromosome: { 21: chromosome({ rows: 99, calls: 0 }) } }],
    ['low_heterozygosity', { autosomalHeterozygosity: null }],
    ['heterozygous_haploid', { byChromosome: { Y: chromosome({ calls: 30 }) }, inferredSex: 'female' }],
    ['duplicate_rows', { rows: 0 }],
    ['build_conflict', { statedBuild: null }],
    ['sex_inconsistent', { sexEvidence: { ...sound.sexEvidence, yRows: 0, yCalls: 0 } }],
  ] as const)('%s is skipped', (key, numbers) => {
    const demands = { demandSexAgreement: true, demandBuildAgreement: true }
    expect(judge(key, numbers, demands)).toMatchObject({ status: 'skipped', measured: null, note: '' })
  })
})

describe('yes or no', () => {
  const twoX = {
    sexEvidence: { ...sound.sexEvidence, xHeterozygous: 600 },
    inferredSex: 'undetermined',
  } as const
  const between = {
    sexEvidence: { ...sound.sexEvidence, xHeterozygous: 140 },
    inferredSex: 'undetermined',
  } as const
  const conflict = { statedBuild: 36, buildConflict: true } as const

  test.each([
    ['sex_inconsistent', 'demandSexAgreement', twoX],
    ['sex_undetermined', 'demandSex', between],
    ['build_conflict', 'demandBuildAgreement', conflict],
  ] as const)('%s is a note, and a failure only where the project demands it', (key, demand, numbers) => {
    expect(judge(key, {}, { [demand]: true })).toMatchObject({
      status: 'succeeded',
      measured: true,
      note: '',
    })
    expect(judge(key, numbers)).toMatchObject({ status: 'skipped', measured: false })
    expect(judge(key, numbers).note).toMatch(new RegExp(`^${key}: .*; the project allows it\\.$`))
    expect(judge(key, numbers, { [demand]: true })).toMatchObject({
      status: 'failed',
      expected: true,
      measured: false,
      note: expect.stringMatching(new RegExp(`^${key}: `)),
    })
  })

  test('X between the bounds is no contradiction', () => {
    expect(judge('sex_inconsistent', between, { demandSexAgreement: true }).status).toBe('skipped')
  })
})
