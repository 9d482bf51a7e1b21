import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { OUTCOMES } from './outcomes.ts'

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
