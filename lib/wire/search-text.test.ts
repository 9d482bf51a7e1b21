import { expect, test } from 'vitest'
import { hasTrigram, longestNumber, searchWords } from './search-text.ts'

test('An index of trigrams looks up three letters or digits in a row, and fewer where a word begins or ends', () => {
  for (const text of ['abc', 'é12', 'my sample', '-3', 'ab-', 'a-b', '基因组'])
    expect([text, hasTrigram(text)]).toEqual([text, true])
  for (const text of ['a', 'zz', '12', '---', 'a-', '": ', '💥', ''])
    expect([text, hasTrigram(text)]).toEqual([text, false])
})

test('A number is the longest run with a digit, where there is more than that', () => {
  for (const [text, number] of [
    ['client-00000777', '00000777'],
    ['A7-site 2026/X12345', 'X12345'],
    ['00000777', undefined],
    ['client-777', undefined],
    ['client-𝟏𝟐', undefined],
    ['one-two-three', undefined],
  ])
    expect([text, longestNumber(text!)]).toEqual([text, number])
})

test('Words are the longest that an index of trigrams can look up one by one, however long a text is', () => {
  expect(searchWords('site-tubes X1 基因组')).toEqual(['tubes', 'site', '基因组'])
  expect(searchWords('abc '.repeat(63))).toEqual(['abc'])
  expect(searchWords('one-three-five12-seven7')).toEqual(['five12', 'seven7', 'three'])
  expect(searchWords('a-b --')).toEqual([])
})
