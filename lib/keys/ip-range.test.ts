import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInIpRanges, parseIpRange } from './ip-range.ts'

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['192.0.2.7', '192.0.2.7/32'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8::/32', '2001:db8::/32'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['::ffff:10.1.0.0/112', '10.1.0.0/16'],
  ['::ffff:192.0.2.1', '192.0.2.1/32'],
])('%s is the network %s', (text, range) => {
  expect(parseIpRange(text)).toBe(range)
  expect(parseIpRange(range)).toBe(range)
})

test.each([
  '',
  'localhost',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0.0/255.0.0.0',
  '10.1',
  '010.0.0.1',
  '0x7f.0.0.1',
  '2130706433',
  '256.0.0.1',
  '::/129',
  'fe80::1%eth0',
  '::ffff:0.0.0.0/64',
  '10.0.0.0 /8',
  '*',
])('%j is none', (text) => {
  expect(parseIpRange(text)).toBeUndefined()
})

test.each([
  ['10.255.255.255', ['10.0.0.0/8'], true],
  ['11.0.0.0', ['10.0.0.0/8'], false],
  ['192.0.2.7', ['10.0.0.0/8', '192.0.2.7/32'], true],
  ['::ffff:10.0.0.1', ['10.0.0.0/8'], true],
  ['2001:db8:ffff::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  // Everything of one kind is nothing of the other.
  ['2001:db8::1', ['0.0.0.0/0'], false],
  ['10.0.0.1', ['::/0'], false],
  ['', ['0.0.0.0/0'], false],
  ['unknown', ['0.0.0.0/0', '::/0'], false],
  ['10.0.0.1', [], false],
])('%j within %j: %s', (address, ranges, inside) => {
  expect(isInIpRanges(address, ranges)).toBe(inside)
})

test('An IPv4 address is in a network exactly when its leading bits are those of the network', () => {
  const bits = (address: string) =>
    address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, host, length) => {
      const same = bits(address).slice(0, length) === bits(host).slice(0, length)
      expect(isInIpRanges(address, [parseIpRange(`${host}/${length}`)!])).toBe(same)
    }),
  )
})
