import { expect, test } from 'vitest'
import { isOutage } from './is-outage.ts'

const withCode = (code: string) => Object.assign(new Error('x'), { code })

test.each([
  ...['08000', '08006', '53100', '53200', '53300', '57P01', '57P02', '57P03', '57014', '40001', '40P01'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
])('%s passes by itself', (code) => {
  expect(isOutage(withCode(code))).toBe(true)
})

test.each([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'timeout expired',
  'Client has encountered a connection error and is not queryable',
])('"%s" passes by itself', (message) => {
  expect(isOutage(new Error(message))).toBe(true)
})

test.each(['22P02', '23505', '23503', '42P01', '42601', '42501', '22021', '25006', 'XX000', 'EACCES', ''])(
  '%s is a fault, and trying again would not help',
  (code) => {
    expect(isOutage(withCode(code))).toBe(false)
  },
)

test('What is no error of a database at all is no outage', () => {
  for (const thrown of [
    undefined,
    null,
    'Connection',
    0,
    {},
    new Error('x'),
    { code: 53300 },
    { message: 5 },
  ]) {
    expect(isOutage(thrown)).toBe(false)
  }
})
