import { expect, test } from 'vitest'
import { howMany } from './how-many.ts'

const next = 'https://dna.example/api/v2/samples/?limit=1&offset=0&after=QUJD'
const page = (count: number, rows: number, meta: { more?: boolean; next?: string } = {}) => ({
  meta: { count, previous: null, next: null, ...meta },
  results: Array.from({ length: rows }),
})

test('a list has none only where all of it was looked at', () => {
  expect(howMany(page(0, 0))).toBeNull()
  expect(howMany(page(0, 0, { more: true }))).toBe('0+')
  expect(howMany(page(0, 0, { next }))).toBe('0+')
  expect(howMany(page(0, 1, { more: true, next }))).toBe('1+')
  expect(howMany(page(7, 1, { next }))).toBe('7')
})
