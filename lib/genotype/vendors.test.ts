import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { VENDORS } from './vendors.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Where a vendor's key may be spelled: its record, what hangs on it exhaustively, the column, and made-up examples. */
const SPELLED_IN = [
  /^lib\/genotype\/(vendors|recognise-chip)\.ts$/,
  /^lib\/genotype\/(formats|fixtures)\//,
  /^lib\/platform\/db\/(schema\.ts$|migrations\/)/,
  /^components\/upload\/words\/[a-z-]+\/page\.ts$/,
  /^components\/upload\/preview\/page-states\.ts$/,
  /^lib\/testing\//,
]

test('no vendor is spelled out beside its record and what hangs on it', () => {
  // As a string, or as the key of an object.
  const spelled = new RegExp(`'(${VENDORS.join('|')})'|\\b(${VENDORS.join('|')}):`)
  const files = ['lib', 'components', 'app'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => `${top}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !/(\.(test|conformance)|-for-tests)\.tsx?$/.test(file)),
  )
  const spelling = files.filter((file) => spelled.test(readFileSync(path.join(root, file), 'utf8')))
  expect(spelling).toContain('lib/genotype/vendors.ts')
  expect(spelling.filter((file) => !SPELLED_IN.some((place) => place.test(file)))).toEqual([])
})
