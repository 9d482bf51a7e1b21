import { expect, test } from 'vitest'
import { ProjectQuality, presentProjectQuality } from './project-quality.ts'
import type { QualityPoint } from './quality-points-table.ts'

const ASKED = { callRateMin: 0.9, heterozygosityMin: 0.1, heterozygosityMax: 0.45, findSamePerson: false }

function points(count: number, more: Partial<QualityPoint> = {}): QualityPoint[] {
  return Array.from({ length: count }, (_, n) => ({
    id: crypto.randomUUID(),
    clientId: `c-${n}`,
    metadata: null,
    created: new Date('2026-03-04T12:00:00Z'),
    callRate: 0.98 + (n % 5) / 1_000,
    heterozygosity: 0.3 + (n % 5) / 1_000,
    sex: n % 2 === 0 ? 'female' : 'male',
    chip: '23andMe v5',
    vendor: '23andme',
    ...more,
  }))
}

const standing = (all: readonly QualityPoint[]) =>
  presentProjectQuality(all, ASKED, 5_000).samples.map(({ stands_out }) => stands_out)

test('a sample stands out by the project’s bounds, and by its distance from others of its chip', () => {
  const odd = [
    ...points(1, { callRate: 0.8 }),
    ...points(1, { callRate: 0.95 }),
    ...points(1, { heterozygosity: 0.46 }),
    ...points(1, { heterozygosity: null }),
  ]
  expect(standing([...points(30), ...odd]).slice(30)).toEqual([
    ['call_rate', 'unusual_call_rate'],
    ['unusual_call_rate'],
    ['heterozygosity', 'unusual_heterozygosity'],
    [],
  ])
  expect(
    standing([...points(30), ...odd])
      .slice(0, 30)
      .flat(),
  ).toEqual([])
})

test('samples of another chip, and too few samples, say nothing about what is usual', () => {
  const other = points(19, { chip: 'AncestryDNA V2.0', callRate: 0.93 })
  expect(standing([...points(30), ...other]).flat()).toEqual([])
})

test('many outliers do not hide one another', () => {
  const mixed = points(12, { heterozygosity: 0.4 })
  expect(
    standing([...points(30), ...mixed]).filter((found) => found.includes('unusual_heterozygosity')),
  ).toHaveLength(12)
})

test('weeks begin on Monday, oldest first, and what was not recognised is counted as unknown', () => {
  const days = ['2026-03-09T00:00:00Z', '2026-03-08T23:59:59Z', '2026-03-02T00:00:00Z']
  const told = presentProjectQuality(
    days.flatMap((day) => points(1, { created: new Date(day), chip: null, vendor: null })),
    ASKED,
    2,
  )
  expect(ProjectQuality.parse(told)).toEqual(told)
  expect(told.more).toBe(true)
  expect(told.weeks.map(({ monday, samples, chips }) => [monday, samples, chips])).toEqual([
    ['2026-03-02', 1, { unknown: 1 }],
    ['2026-03-09', 1, { unknown: 1 }],
  ])
})
