import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'

test('the countdown starts at the server’s figure, uses a monotonic clock, and never goes below zero', () => {
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

test('the countdown never includes the time a reply was in transit', () => {
  const clock = countdown(() => 4_000)
  clock.sync(120, 1_000)
  expect(clock.secondsLeft()).toBe(117)
})

test('every reply corrects the countdown, and it stops when no window runs', () => {
  let now = 0
  const clock = countdown(() => now)
  clock.sync(100, 0)
  now = 50_000
  clock.sync(80, 50_000)
  expect(clock.secondsLeft()).toBe(80)
  clock.sync(null, 50_000)
  expect(clock.secondsLeft()).toBeNull()
})
