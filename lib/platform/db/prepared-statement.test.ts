import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prepareStatement } from './prepared-statement.ts'

test('a statement without a name that a connection keeps is refused when it is made, not run unprepared', () => {
  for (const name of ['', 'mint 2', 'key-line', 'Key', 'x'.repeat(61)]) {
    expect(() => prepareStatement(name, 'select 1')).toThrow('no statement that is prepared')
  }
})

test('no two statements have one name: the second would fail on each connection that has seen the first', () => {
  const names = globSync('lib/**/*-table.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/prepareStatement(?:<\w+>)?\(\s*'([^']+)'/g)].map(
      ([, name]) => name,
    ),
  )
  expect(names.length).toBeGreaterThan(2)
  expect(new Set(names).size).toBe(names.length)
})
