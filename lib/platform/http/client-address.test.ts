import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const from = (remoteAddress: string | undefined, forwarded?: string, trustProxy = true) =>
  clientAddress(
    { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
    { trustProxy },
  )

test('Without a proxy of our own the socket alone counts, whatever a header says', () => {
  expect(from('198.51.100.7', '10.0.0.1', false)).toBe('198.51.100.7')
})

test('Behind one, what it wrote last counts: what stands before came from the client', () => {
  expect(from('127.0.0.1', '10.0.0.1, 198.51.100.7')).toBe('198.51.100.7')
  expect(from('127.0.0.1', '198.51.100.7')).toBe('198.51.100.7')
})

test('Behind one that says nothing, it is the proxy itself', () => {
  expect(from('127.0.0.1')).toBe('127.0.0.1')
  expect(from('127.0.0.1', '')).toBe('127.0.0.1')
})

test.each([
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['198.51.100.7:51234', '198.51.100.7'],
  ['[2001:db8::7]:443', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['2001:db8::7', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
])('%s is %s', (said, address) => {
  expect(from('127.0.0.1', said)).toBe(address)
})

test('A connection that is gone has no address', () => {
  expect(from(undefined)).toBe('')
})
