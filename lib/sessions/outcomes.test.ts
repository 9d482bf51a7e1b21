import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { REASONS } from '#lib/genotype/reason.ts'
import { OUTCOMES } from './outcomes.ts'

test('every reason of the closed list is that of an outcome that can be had on demand, and there is no other', () => {
  const played = Object.values(OUTCOMES).flatMap(({ reason }) => reason ?? [])
  expect([...new Set(played)].toSorted()).toEqual([...REASONS].toSorted())
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
