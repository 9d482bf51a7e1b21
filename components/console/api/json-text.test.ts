import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonText, layOut, onlyMemberOf, readJsonText, writeBody } from './json-text.ts'

const NUMBERS = ['12345678901234567890', '-0', '1.0', '1e400', '0.10000000000000000000000000000000001']

test('What a person typed is sent with every digit, beside other fields', () => {
  for (const number of NUMBERS) {
    const metadata = readJsonText(` {"id": ${number}} `)
    expect(writeBody({ metadata, expires_in: 600, none: undefined })).toBe(
      `{"metadata":{"id": ${number}},"expires_in":600}`,
    )
  }
  expect(writeBody({ metadata: new JsonText('null') })).toBe('{"metadata":null}')
  expect(writeBody([1])).toBe('[1]')
})

test('Text that is not JSON is not taken', () => {
  for (const text of ['', '{', "{'a':1}", 'NaN', '01', '{"a":1}}']) expect(readJsonText(text)).toBeUndefined()
})

test('What the API keeps is shown with every digit, laid out as JSON is', () => {
  for (const number of NUMBERS) {
    const shown = layOut(onlyMemberOf(`{"metadata":{"a": [${number}, {}], "b": []}}`))
    expect(shown).toBe(`{\n  "a": [\n    ${number},\n    {}\n  ],\n  "b": []\n}`)
  }
})

test('Any JSON is laid out as JavaScript would, and is still the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify({ metadata: value })
      expect(layOut(onlyMemberOf(text))).toBe(JSON.stringify(JSON.parse(text).metadata, null, 2))
    }),
    { numRuns: 300 },
  )
})
