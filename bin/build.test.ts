import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { progressOf, runQuietly, sourcesHash } from './build.mjs'

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

test('What the build prints is not shown, but kept for a build that fails, with its exit code', async () => {
  const printing = "console.log('a route'); console.error('a fault'); process.exitCode = 3"
  const { status, output } = await runQuietly(process.execPath, ['-e', printing])
  expect(status).toBe(3)
  expect(output).toMatch(/a route\s+a fault/)
})

test('A build that cannot be started says why', async () => {
  const { status, output } = await runQuietly(path.join(root, 'no-such-program'), [])
  expect(status).not.toBe(0)
  expect(output).toContain('ENOENT')
})

test('A build tells how long it has compiled, and then how long the rest will take', () => {
  expect(progressOf(12.4)).toBe('  compiling, 12 s so far')
  expect(progressOf(40, 38)).toBe('  compiled; preparing the pages, about 10 s left')
  expect(progressOf(90, 38)).toBe('  compiled; preparing the pages, about 1 s left')
})
