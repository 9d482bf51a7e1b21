import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourcesHash } from './build.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'arraydrop-b-'))
  mkdirSync(path.join(root, 'lib/sessions'), { recursive: true })
  writeFileSync(path.join(root, 'lib/sessions/limits.ts'), 'export const MINUTES = 15')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('A source that changes, comes, goes or gets another name makes the build stale', () => {
  const hashes = [sourcesHash(root)]
  writeFileSync(path.join(root, 'lib/sessions/limits.ts'), 'export const MINUTES = 16')
  hashes.push(sourcesHash(root))
  writeFileSync(path.join(root, 'next.config.mjs'), 'export default {}')
  hashes.push(sourcesHash(root))
  renameSync(path.join(root, 'lib/sessions/limits.ts'), path.join(root, 'lib/sessions/windows.ts'))
  hashes.push(sourcesHash(root))
  expect(new Set(hashes).size).toBe(4)
})

test('Tests do not make the build stale', () => {
  const before = sourcesHash(root)
  writeFileSync(path.join(root, 'lib/sessions/limits.test.ts'), 'test')
  writeFileSync(path.join(root, 'lib/sessions/limits.db.test.ts'), 'test')
  expect(sourcesHash(root)).toBe(before)
})
