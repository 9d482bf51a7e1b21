import { expect, test } from 'vitest'
import { mayDecide, mayFollow, SAMPLE_STATUSES, statusesBefore, statusesToDecide } from './sample.ts'

test('Only these changes of status are possible', () => {
  const changes = SAMPLE_STATUSES.flatMap((from) =>
    SAMPLE_STATUSES.filter((to) => mayFollow(from, to)).map((to) => `${from} → ${to}`),
  )
  expect(changes.sort()).toEqual(
    [
      'consumer awaiting data → consumer session expired',
      'consumer awaiting data → scheduled',
      'consumer awaiting data → canceled',
      'scheduled → running',
      'scheduled → failed',
      'scheduled → canceled',
      // A run whose worker was killed starts again.
      'running → running',
      'running → succeeded',
      'running → failed qc',
      'running → failed',
      'running → canceled',
    ].sort(),
  )
})

test('What a compare-and-set must find is the same list, read backwards', () => {
  for (const to of SAMPLE_STATUSES) {
    expect(statusesBefore(to)).toEqual(SAMPLE_STATUSES.filter((from) => mayFollow(from, to)))
  }
  expect(statusesBefore('consumer awaiting data')).toEqual([])
})

test('Only what failed is decided upon by a person, and nothing that runs', () => {
  const decisions = SAMPLE_STATUSES.flatMap((from) =>
    SAMPLE_STATUSES.filter((to) => mayDecide(from, to)).map((to) => `${from} → ${to}`),
  )
  expect(decisions).toEqual(['failed qc → scheduled', 'failed qc → succeeded', 'failed → scheduled'])
  expect(statusesToDecide('scheduled')).toEqual(['failed qc', 'failed'])
})
