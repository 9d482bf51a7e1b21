import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameDigest, sha256Of } from '#lib/sealing/digest.ts'
import { generateApiKey, prefixOfApiKey } from './api-key.ts'

const { key, prefix } = generateApiKey()

test('A key names its public prefix, and no two keys are alike', () => {
  expect(key).toMatch(/^[0-9A-Za-z]{8}\.[0-9A-Za-z]{49}$/)
  expect(key.startsWith(`${prefix}.`)).toBe(true)
  expect(prefixOfApiKey(key)).toBe(prefix)
  const many = Array.from({ length: 300 }, () => generateApiKey().key)
  expect(new Set(many).size).toBe(300)
  for (const other of many) expect(prefixOfApiKey(other)).toBe(other.slice(0, 8))
})

test('Every character of the alphabet is about equally likely', () => {
  const counts = new Map<string, number>()
  const characters = Array.from({ length: 2_000 }, () => generateApiKey().key.slice(9, 52)).join('')
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1)
  expect(counts.size).toBe(62)
  // 86,000 draws: 1,387 of each expected, with a standard deviation of 37.
  for (const count of counts.values()) expect(Math.abs(count - 1_387)).toBeLessThan(8 * 37)
})

test('A typing error anywhere is distinguished from a wrong key', () => {
  const at = fc.integer({ min: 0, max: key.length - 1 })
  const character = fc.constantFrom(
    ...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_ \0é',
  )
  fc.assert(
    fc.property(at, character, (index, other) => {
      fc.pre(key[index] !== other)
      expect(prefixOfApiKey(key.slice(0, index) + other + key.slice(index + 1))).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('Text that is not a key has no prefix', () => {
  for (const text of [
    '',
    '.',
    prefix,
    `${prefix}.`,
    `${key}x`,
    ` ${key}`,
    `${key}\n`,
    key.slice(1),
    key.repeat(2),
  ]) {
    expect(prefixOfApiKey(text)).toBeUndefined()
  }
})

test('Digests are equal only when every byte is', async () => {
  const digest = sha256Of(key)
  expect(digest).toHaveLength(32)
  expect(sameDigest(digest, sha256Of(key))).toBe(true)
  for (let at = 0; at < digest.length; at++) {
    const other = Uint8Array.from(digest)
    other[at]! ^= 1
    expect(sameDigest(digest, other)).toBe(false)
  }
  expect(sameDigest(digest, digest.subarray(1))).toBe(false)
  expect(sameDigest(digest, new Uint8Array(0))).toBe(false)
})
