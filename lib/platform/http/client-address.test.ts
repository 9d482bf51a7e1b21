import { expect, test } from 'vitest'
import { clientAddress, isLoopbackAddress } from './client-address.ts'

const from = (remoteAddress: string | undefined, forwarded?: string, trustProxy = true) =>
  clientAddress(
    { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
    { trustProxy },
  )

test('Without our own proxy only the socket counts, whatever a header says', () => {
  expect(from('198.51.100.7', '10.0.0.1', false)).toBe('198.51.100.7')
})

test('Behind a proxy, its last entry counts, because earlier ones come from the client', () => {
  expect(from('127.0.0.1', '10.0.0.1, 198.51.100.7')).toBe('198.51.100.7')
  expect(from('127.0.0.1', '198.51.100.7')).toBe('198.51.100.7')
})

test('Behind a proxy that sends no header, the address is that of the proxy', () => {
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

test.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(isLoopbackAddress(address)).toBe(true)
})

test.each([
  '10.0.0.1',
  '128.0.0.1',
  '1.127.0.0',
  '::ffff:10.0.0.1',
  '::2',
  '::127.0.0.1',
  '::10',
  '',
  undefined,
])('%s is not', (address) => {
  expect(isLoopbackAddress(address)).toBe(false)
})
