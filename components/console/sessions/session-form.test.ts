import { expect, test } from 'vitest'
import { JsonText } from '../api/json-text.ts'
import { mintBody, NEW_SESSION, refuseTyped } from './session-form.ts'

test('Empty fields are not sent: the service has its own defaults', () => {
  expect(mintBody(NEW_SESSION, undefined)).toEqual({ expires_in: 600 })
})

test('The reference is added to the typed metadata', () => {
  const values = { ...NEW_SESSION, reference: ' order 7 ', metadata: '{"visit": 2}', locale: 'de' }
  expect(mintBody(values, 'p')).toEqual({
    expires_in: 600,
    project_id: 'p',
    metadata: new JsonText('{"reference":"order 7","visit": 2}'),
    locale: 'de',
  })
})

test('Typed metadata keeps every digit', () => {
  const metadata = ' {"id": 12345678901234567890} '
  expect(mintBody({ ...NEW_SESSION, metadata }, undefined).metadata?.text).toBe(
    '{"id": 12345678901234567890}',
  )
  expect(mintBody({ ...NEW_SESSION, metadata: '{ }' }, undefined).metadata).toBeUndefined()
})

test.each([
  ['{', 'not JSON'],
  ['[1]', 'an object'],
  ['null', 'an object'],
  ['{"reference": 1}', 'keep one'],
])('Metadata such as %s is refused with an explanation before it is sent', (metadata, words) => {
  expect(refuseTyped({ metadata, reference: 'order 7' })).toContain(words)
})

test('Empty metadata and an object are accepted', () => {
  expect(refuseTyped({ metadata: ' ', reference: '' })).toBeNull()
  expect(refuseTyped({ metadata: '{"reference": 1}', reference: '' })).toBeNull()
})
