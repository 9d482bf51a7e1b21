import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { REASONS, type Reason, SERVICE_REASONS } from '#lib/genotype/reason.ts'
import { OUTCOMES } from './outcomes.ts'

/** Nothing that a person does leads there, or nothing comes of it. */
const NOT_PLAYED: readonly Reason[] = ['link_invalid', 'already_uploaded', ...SERVICE_REASONS]

test('every reason is that of an outcome that can be had on demand, but for those that nobody can cause', () => {
  const played = Object.values(OUTCOMES).flatMap(({ reason }) => reason ?? [])
  expect([...new Set([...played, ...NOT_PLAYED])].toSorted()).toEqual([...REASONS].toSorted())
  expect(played.filter((reason) => NOT_PLAYED.includes(reason))).toEqual([])
})

const PAGE = path.resolve(import.meta.dirname, '../../docs/outcomes.md')
const code = (text: string | null) => (text === null ? '–' : `\`${text}\``)

test('the table of outcomes in the documentation is what the command line plays', () => {
  const rows = Object.entries(OUTCOMES).map(
    ([name, { words, status, event, reason, detail }]) =>
      `| ${[code(name), words, code(status), code(event), code(reason), code(detail)].join(' | ')} |`,
  )
  const written = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(written).toEqual(rows)
})
