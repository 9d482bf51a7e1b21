import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ATTEMPTS_MAX, WEBHOOK_RETRY_AFTER_SECONDS_MAX } from './limits.ts'
import { parseRetryAfter, retryDelay } from './retry-schedule.ts'

const DAY = 86_400

test('ten attempts, within some three days: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h', () => {
  const waits = Array.from({ length: ATTEMPTS_MAX }, (_, n) => retryDelay(n + 1, { random: 0.5 }))
  expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined])
  const whole = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0)
  expect(whole).toBeGreaterThan(3 * DAY)
  expect(whole).toBeLessThan(3.5 * DAY)
})

test('each wait is up to a tenth shorter or longer', () => {
  expect(retryDelay(2, { random: 0 })).toBe(270)
  expect(retryDelay(2, { random: 0.999_999 })).toBeCloseTo(330, 2)
})

test('what the receiver asks for counts where it is longer, up to a day', () => {
  const attempt = fc.integer({ min: 1, max: ATTEMPTS_MAX - 1 })
  const asked = fc.integer({ min: 0, max: 999_999_999 })
  fc.assert(
    fc.property(
      attempt,
      asked,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, retryAfterSeconds, random) => {
        const plain = retryDelay(n, { random })!
        const delay = retryDelay(n, { random, retryAfterSeconds })!
        expect(delay).toBe(Math.max(plain, Math.min(retryAfterSeconds, WEBHOOK_RETRY_AFTER_SECONDS_MAX)))
      },
    ),
  )
})

test.each([
  ['120', 120],
  ['0', 0],
  ['Sat, 21 Nov 2026 12:01:00 GMT', 60],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['-5', undefined],
  ['1e9', undefined],
  ['99999999999', undefined],
  ['soon', undefined],
  ['2026', 2_026],
  ['2026-11-21', undefined],
  [undefined, undefined],
])('Retry-After %j is %j seconds', (value, seconds) => {
  expect(parseRetryAfter(value, new Date('2026-11-21T12:00:00Z'))).toBe(seconds)
})
