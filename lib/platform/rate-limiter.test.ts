import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

function limiterAt(keysMax?: number) {
  const time = { ms: 0 }
  return { time, limiter: createRateLimiter({ monotonicMs: () => time.ms, keysMax }) }
}

test('The call beyond the limit gets the seconds to wait, and is allowed after them', () => {
  const { time, limiter } = limiterAt()
  expect(limiter.take('a', 2, 60)).toBeUndefined()
  time.ms = 10_000
  expect(limiter.take('a', 2, 60)).toBeUndefined()
  expect(limiter.take('a', 2, 60)).toBe(50)
  time.ms += 50_000
  expect(limiter.take('a', 2, 60)).toBeUndefined()
  expect(limiter.take('a', 2, 60)).toBe(10)
})

test('Keys are limited independently', () => {
  const { limiter } = limiterAt()
  expect(limiter.take('a', 1, 60)).toBeUndefined()
  expect(limiter.take('b', 1, 60)).toBeUndefined()
  expect(limiter.take('a', 1, 60)).toBe(60)
})

test('No period of one window ever has more calls than the limit, whatever their pattern', () => {
  const gap = fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.constantFrom(999, 1_000, 1_999, 2_000))
  const gaps = fc.array(gap, { maxLength: 200 })
  fc.assert(
    fc.property(
      gaps,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (waits, limit, seconds) => {
        const { time, limiter } = limiterAt()
        const allowed: number[] = []
        for (const wait of waits) {
          time.ms += wait
          if (limiter.take('a', limit, seconds) === undefined) allowed.push(time.ms)
        }
        for (const [i, start] of allowed.entries()) {
          const after = allowed[i + limit]
          if (after !== undefined) expect(after - start).toBeGreaterThanOrEqual(seconds * 1_000)
        }
      },
    ),
  )
})

test('Waiting for the returned seconds is always enough', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 5 }), (waits, limit) => {
      const { time, limiter } = limiterAt()
      for (const wait of waits) {
        time.ms += wait
        const told = limiter.take('a', limit, 10)
        if (told === undefined) continue
        time.ms += told * 1_000
        expect(limiter.take('a', limit, 10)).toBeUndefined()
      }
    }),
  )
})

test('In a flood of keys the least recently used are forgotten, and a busy key stays limited', () => {
  const { limiter } = limiterAt(100)
  expect(limiter.take('busy', 1, 60)).toBeUndefined()
  for (let i = 0; i < 10_000; i++) {
    limiter.take(`flood-${i}`, 1, 60)
    if (i % 50 === 0) expect(limiter.take('busy', 1, 60)).toBe(60)
  }
  expect(limiter.take('flood-9999', 1, 60)).toBe(60)
  expect(limiter.take('flood-0', 1, 60)).toBeUndefined()
})
