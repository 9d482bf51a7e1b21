import { describe, expect, test } from 'vitest'
import { DAYS_MAX, daysOf, InsightsFilter, presentInsights } from './wire.ts'

const NOW = new Date('2026-03-01T00:30:00Z')
const days = (query: Record<string, string>) => {
  const { from, to } = daysOf(InsightsFilter.parse(query), NOW)
  return [from.toISOString(), to.toISOString()]
}

describe('the days that are counted', () => {
  test.each([
    [{}, '2026-01-31T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    [{ from: '2026-02-27' }, '2026-02-27T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    [{ from: '2026-02-01', to: '2026-02-01' }, '2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z'],
  ])('are whole days of UTC, both ends included: %j', (query, from, to) => {
    expect(days(query)).toEqual([from, to])
  })

  test.each<[Record<string, string>, string]>([
    [{ from: '2025-02-28' }, `Ensure this is at most ${DAYS_MAX} days before the last one.`],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'This day is after the last one.'],
  ])('are refused where there are too many or none: %j', (query, words) => {
    expect(() => days(query)).toThrow(expect.objectContaining({ status: 400, fields: { from: [words] } }))
  })

  test('that are still to come are not those that have been', () => {
    expect(days({ from: '2027-01-01' })).toEqual(['2027-01-01T00:00:00.000Z', '2027-01-02T00:00:00.000Z'])
    expect(days({ from: '2025-03-01' })[0]).toBe('2025-03-01T00:00:00.000Z')
  })
})

test('Every day is there, with all its vendors and reasons, and the sums are those of the days', () => {
  const stages = { opened: 3, checked: 2, uploaded: 2, received: 2, failed_qc: 1, failed: 0 }
  const told = presentInsights({
    ...daysOf({ from: '2026-02-01', to: '2026-02-03' }, NOW),
    funnel: [
      { day: '2026-02-01', vendor: '23andme', minted: 3, succeeded: 1, ...stages },
      { day: '2026-02-01', vendor: null, minted: 9, succeeded: 0, ...stages, received: 0, failed_qc: 0 },
      { day: '2026-02-03', vendor: 'myheritage', minted: 4, succeeded: 2, ...stages },
    ],
    reasons: [
      { day: '2026-02-02', kind: 'rejected', reason: 'not_a_zip', count: 2 },
      { day: '2026-02-03', kind: 'left', reason: 'user_canceled', count: 5 },
      { day: '2026-02-03', kind: 'rejected', reason: 'not_a_zip', count: 1 },
    ],
    stops: [],
    times: { until_opened: null, until_received: 1, until_done: 2 },
    waiting: { opened: 1, checked: 0, uploaded: 0, received: 0, succeeded: 0 },
    imputation: [],
  })
  expect(told.days.map(({ day, minted }) => [day, minted])).toEqual([
    ['2026-02-01', 12],
    ['2026-02-02', 0],
    ['2026-02-03', 4],
  ])
  expect(told.funnel).toMatchObject({ minted: 16, received: 4, succeeded: 3 })
  expect(told.days[0]!.vendors).toEqual({ '23andme': 2 })
  expect(told.days[2]!.reasons).toEqual({ user_canceled: 5, not_a_zip: 1 })
  expect(told.vendors.map(({ vendor }) => vendor)).toEqual(['23andme', 'myheritage'])
  expect(told.reasons).toEqual([
    { kind: 'left', reason: 'user_canceled', count: 5 },
    { kind: 'rejected', reason: 'not_a_zip', count: 3 },
  ])
})
