import { expect, test } from 'vitest'

test('These tests run in another time zone than UTC', () => {
  const hours = (month: number) => new Date(2026, month, 1).getTimezoneOffset() / 60
  expect([hours(0), hours(6)]).toEqual([5, 4])
})
