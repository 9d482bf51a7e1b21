import { expect, test } from 'vitest'
import { asDestination, defaultDestination, destinationOf, refuseDestination } from './destination.ts'

test('a destination is a folder whose files name sample and read', () => {
  const folder = defaultDestination(
    new Date('2026-11-21T17:32:12.345Z'),
    '9a22b1c0-0000-4000-8000-000000000001',
  )
  expect(folder).toBe('gncv://cli-url-20261121173212-9a22b1c0000040008000000000000001/')
  expect(refuseDestination(folder)).toBeUndefined()
  expect(destinationOf(asDestination('gncv://mine/july'), 's1', 'R2')).toBe('gncv://mine/july/s1_R2.fastq.gz')
  expect(asDestination('gncv://mine/')).toBe('gncv://mine/')
})

test.each([
  'gncv://',
  'gncv:///x',
  's3://x',
  'gncv://a//b',
  'gncv://a/../b',
  'gncv://..',
  'gncv://a?b',
  'gncv://a#b',
  'gncv://a\nb',
  `gncv://${'a'.repeat(1_100)}`,
])('no destination: %j', (prefix) => expect(refuseDestination(prefix)).toBeDefined())
