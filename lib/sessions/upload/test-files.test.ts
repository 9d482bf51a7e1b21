import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isTestFileName, TEST_FILES, type TestFile } from '#lib/genotype/fixtures/test-files.ts'
import { FILE_BYTES_MAX, ROWS_MIN } from '#lib/genotype/limits.ts'
import { FILE_REASONS } from '#lib/genotype/reason.ts'
import { checkArchive } from './check-archive.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-test-files-'))
afterAll(() => rm(folder, { recursive: true }))

/** As large as real ones: all of them are judged by `npm run torture`. */
const LARGE = ['succeeded', 'failed-qc']
const torture = process.env.ARRAYDROP_TORTURE === '1'
const files = Object.entries(TEST_FILES as Record<string, TestFile>)
/** Refused by its size, before there is anything to check. */
const unchecked = ['too-large', 'empty']

const judged = files.filter(([name]) => torture || name !== 'failed-qc')

test.each(judged)('the test file "%s" is judged as its table says', async (name, { make, outcome }) => {
  const bytes = await make()
  if (unchecked.includes(name)) {
    return expect(bytes.length).toBe(name === 'empty' ? 0 : FILE_BYTES_MAX + 1)
  }
  if (torture || !LARGE.includes(name)) expect(await make()).toEqual(bytes)
  const file = path.join(folder, name)
  await writeFile(file, bytes)
  const verdict = await checkArchive(file, { policy: 'strict', rowsMin: ROWS_MIN })
  const expected =
    'reason' in outcome
      ? { reason: outcome.reason, ...(outcome.detail ? { detail: outcome.detail } : {}) }
      : 'accepted'
  expect(verdict.ok ? 'accepted' : verdict.faults[0]).toMatchObject(expected as object)
  const text = new TextDecoder('latin1').decode(bytes)
  expect(/SYNTHETIC|Synthetic/.test(text)).toBe(true)
})

test('there is a test file for every reason, except what only a device can meet', () => {
  const reasons = files.flatMap(([, { outcome }]) => ('reason' in outcome ? [outcome.reason] : []))
  expect(reasons.toSorted()).toEqual(FILE_REASONS.filter((reason) => reason !== 'file_unreadable').toSorted())
  expect(isTestFileName('constructor')).toBe(false)
})
