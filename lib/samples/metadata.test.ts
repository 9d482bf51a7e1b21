import { expect, test } from 'vitest'
import { parseExactly } from '#lib/wire/exact-json.ts'
import { refuseMetadata } from './metadata.ts'

test.each([
  ...['12345678901234567890', '9007199254740993', '-0', '1.0', '0.1', '1e21', '1E+2', '1e-400', '1e400'],
  ...['0.10000000000000000000000000000000001', '[[[[[[[12345678901234567890]]]]]]]'],
])('The number %s is written as it was read', (text) => {
  const value = parseExactly(text)
  expect(JSON.stringify(value)).toBe(text)
  expect(refuseMetadata(value)).toBeUndefined()
})

test('A number that would fill the database is refused, with its place', () => {
  expect(refuseMetadata(parseExactly('{"a":[1,{"b":1e100000}]}'))).toBe(
    'a[1].b: this number has more than 1000 digits: give it as text.',
  )
  expect(refuseMetadata(parseExactly('-1e-1001'))).toMatch(/^this number has more than 1000 digits/)
  // As the database writes them, they come back.
  for (const number of ['1e-999', '-1e-999', `0.${'0'.repeat(998)}1`, `-0.${'0'.repeat(998)}1`, '-1e999'])
    expect(refuseMetadata(parseExactly(number)), number).toBeUndefined()
  expect(refuseMetadata(parseExactly('9'.repeat(1_001)))).toMatch(/^this number/)
  for (const zero of ['0e5000', '-0.0E+5000', '0e0'])
    expect(refuseMetadata(parseExactly(zero))).toBeUndefined()
  for (const zero of ['0e-5000', '0e9999999999'])
    expect(refuseMetadata(parseExactly(zero))).toMatch(/^this number/)
  for (const number of ['1e999', '1e+300', '5e-324']) {
    const many = `[${Array.from({ length: 60 }, () => number).join()}]`
    expect(refuseMetadata(parseExactly(many))).toMatch(/16384 bytes/)
  }
})

test('Strings that the database cannot store are refused with their place', () => {
  const words = 'Null characters and lone surrogates are not allowed.'
  expect(refuseMetadata({ a: { b: ['x', '\0'] } })).toBe(`a.b[1]: ${words}`)
  expect(refuseMetadata('\ud800')).toBe(words)
})
