import { expect, test } from 'vitest'
import { refusePeriod } from './refuse-period.ts'

const now = new Date('2026-11-30T12:00')

test.for([
  ['', '', 'Enter a start.'],
  ['2026-11-30T00:00', '2026-11-29T00:00', 'This time is after the end.'],
  ['2026-12-01T00:00', '', 'This time is after the end.'],
  ['2026-11-29T00:00', '2026-11-29T00:00', null],
  ['2026-11-29T00:00', '', null],
])('a period from “%s” to “%s” is refused at its start: %s', ([from, to, refused]) => {
  expect(refusePeriod({ from: from!, to: to! }, now)).toEqual({ from: refused })
})
