import { expect, test } from 'vitest'
import { takesGzip } from './packed-text.ts'

test.each([
  ['gzip', true],
  ['gzip, deflate, br, zstd', true],
  ['GZIP;Q=0.5', true],
  ['x-gzip', true],
  ['*', true],
  ['br;q=1.0, *;q=0.5', true],
  ['', false],
  ['identity', false],
  ['br', false],
  ['gzip;q=0', false],
  ['gzip; q=0.000, *', false],
  ['*;q=0', false],
  ['gzip;q=0.2, identity;q=0.8', false],
  ['gzip;q=much', false],
  ['gzipped', false],
])('a client that accepts "%s": packed %s', (accepted, packed) => {
  expect(takesGzip(accepted)).toBe(packed)
})
