import { expect, test } from 'vitest'
import { isLoopbackAddress } from './is-loopback-address.ts'

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
