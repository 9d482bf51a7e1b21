import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { digestFile } from './digest-file.ts'
import { sha256InSteps } from './sha256-in-steps.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

afterEach(() => {
  vi.unstubAllGlobals()
})

test('the digest is the SHA-256 of the bytes', async () => {
  const bytes = new TextEncoder().encode('abc')
  expect(await digestFile(bytes)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a page without the browser’s own digest gets the same one', async () => {
  vi.stubGlobal('crypto', { subtle: undefined })
  const bytes = new Uint8Array(3_000_001).fill(7)
  expect(await digestFile(bytes)).toBe(sha256(bytes))
})

test('our SHA-256 pads every length as the standard says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 260 }), async (bytes) => {
      expect(Buffer.from(await sha256InSteps(bytes)).toString('hex')).toBe(sha256(bytes))
    }),
  )
})
