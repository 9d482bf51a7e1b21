import { expect, test } from 'vitest'
import { hasTrigram } from './search-text.ts'

test('An index of trigrams looks up three letters or digits in a row, and fewer where a word begins or ends', () => {
  for (const text of ['abc', 'é12', 'my sample', '-3', 'ab-', 'a-b', '基因组'])
    expect([text, hasTrigram(text)]).toEqual([text, true])
  for (const text of ['a', 'zz', '12', '---', 'a-', '": ', '💥', ''])
    expect([text, hasTrigram(text)]).toEqual([text, false])
})
