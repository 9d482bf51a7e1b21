import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'

test('counts from the server’s word by a monotonic clock, and never below zero', () => {
  let now = 5_000
  const clock = countdown(() => now)
  expect(clock.secondsLeft()).toBeNull()
  clock.sync(120, now)
  expect(clock.secondsLeft()).toBe(120)
  now += 500
  expect(clock.secondsLeft()).toBe(119)
  now += 200_000
  expect(clock.secondsLeft()).toBe(0)
})

test('never promises the time that the answer was on its way', () => {
  const clock = countdown(() => 4_000)
  clock.sync(120, 1_000)
  expect(clock.secondsLeft()).toBe(117)
})

test('is set right by every answer, and stops when no window runs', () => {
  let now = 0
  const clock = countdown(() => now)
  clock.sync(100, 0)
  now = 50_000
  clock.sync(80, 50_000)
  expect(clock.secondsLeft()).toBe(80)
  clock.sync(null, 50_000)
  expect(clock.secondsLeft()).toBeNull()
})
