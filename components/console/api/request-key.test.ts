import { expect, test } from 'vitest'
import { randomName, requestKeys } from './request-key.ts'

test('a request whose answer was lost keeps its key; another one, and the same once it was answered, has its own', () => {
  const keys = requestKeys()
  const lost = keys.keyOf('assign 1')
  expect(keys.keyOf('assign 2')).not.toBe(lost)
  expect(keys.keyOf('assign 1')).toBe(lost)
  keys.answered('assign 1')
  expect(keys.keyOf('assign 1')).not.toBe(lost)
})

test('a random name is one that the API takes as a key', () => {
  expect(randomName()).toMatch(/^[0-9a-f]{32}$/)
  expect(randomName()).not.toBe(randomName())
})
