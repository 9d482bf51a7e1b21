import { expect, test } from 'vitest'
import { casesOf, isSearchedNumber, isSoughtAnywhere, searchedPartsOf } from './search-text.ts'

test('A text is sought anywhere that has three letters or digits in a row, or fewer where a word begins or ends', () => {
  for (const text of ['abc', 'é12', 'my sample', '-3', 'ab-', 'a-b', '基因组'])
    expect([text, isSoughtAnywhere(text)]).toEqual([text, true])
  for (const text of ['a', 'zz', '12', '---', 'a-', '": ', '💥', ''])
    expect([text, isSoughtAnywhere(text)]).toEqual([text, false])
})

test('Parts of a text are what its index has letters for: long words, numbers first, and short ones with their signs', () => {
  const sign = '[ -/:-@[-`{-~]'
  for (const [text, letters, ...patterns] of [
    ['client-00000777', 'ascii', '%00000777%', '%client%'],
    ['site-31', 'ascii', '%site%', `${sign}31`],
    ['a b', 'ascii', `${sign}b`],
    ['x1 tube', 'ascii', '%tube%', `x1${sign}`],
    ['S-7-', 'ascii', `${sign}7${sign}`],
    ['Иванов', 'ascii'],
    ['Иванов', 'unicode', '%Иванов%'],
    ['für', 'ascii'],
    ['Müller', 'ascii', '%ller%'],
    // Two letters of Unicode are these in lower case, and a pattern of ~* has but one of them.
    ['a-k', 'ascii'],
  ] as const)
    expect([text, letters, ...searchedPartsOf(text, letters).map(({ pattern }) => pattern)]).toEqual([
      text,
      letters,
      ...patterns,
    ])
  expect(searchedPartsOf('abc '.repeat(63), 'ascii').map(({ pattern }) => pattern)).toEqual(['%abc%'])
})

test('A number is a part of four characters with a digit', () => {
  for (const [text, is] of [
    ['client-00000777', true],
    ['client-777', false],
    ['one-two-three', false],
    ['-7', false],
  ] as const)
    expect([text, isSearchedNumber(searchedPartsOf(text, 'ascii')[0]!)]).toEqual([text, is])
})

test('The cases of a text are all that are the same in lower case, as far as they are known', () => {
  expect(casesOf('a-')).toEqual(['a-', 'A-'])
  expect(casesOf('zk')).toEqual(['zk', 'zK', 'z\u212a', 'Zk', 'ZK', 'Z\u212a'])
  expect(casesOf('é')).toBeNull()
})
