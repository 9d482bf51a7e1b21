import { describe, expect, test } from 'vitest'
import { LANGUAGES, loadWords } from './languages.ts'
import { formFor, formsOf, type Plural } from './plural.ts'

const isPlural = (value: object): value is Plural => 'other' in value

/** Every `Plural` below a value, with its path. */
function pluralsIn(value: unknown, path = ''): [path: string, forms: Plural][] {
  if (typeof value !== 'object' || value === null) return []
  if (isPlural(value)) return [[path, value]]
  return Object.entries(value).flatMap(([key, each]) => pluralsIn(each, `${path}.${key}`))
}

/** Gaps of a sentence in order of their names. */
const gapsOf = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort()

function sentencesIn(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  if (isPlural(value)) return [[path, value.other]]
  return Object.entries(value).flatMap(([key, each]) => sentencesIn(each, `${path}.${key}`))
}

test('a sentence with a number takes the form that the language has for it', () => {
  const forms = { one: '{n} day', other: '{n} days' }
  expect([1, 2, 11].map((n) => formFor('en', forms, n))).toEqual(['{n} day', '{n} days', '{n} days'])
  expect(formFor('ja', { other: '{n}日' }, 1)).toBe('{n}日')
})

describe.each(LANGUAGES)('the words in %s', (language) => {
  test('have every form for numbers that the language knows, each with the number where it is not in the word', async () => {
    const plurals = pluralsIn(await loadWords(language))
    expect(plurals.length).toBeGreaterThan(0)
    for (const [path, forms] of plurals) {
      expect(Object.keys(forms), path).toEqual(expect.arrayContaining([...formsOf(language)]))
      expect(forms.other, path).toContain('{n}')
    }
  })

  test('leave the same gaps as the English ones, so that nothing is lost and nothing stays unfilled', async () => {
    const [own, english] = [sentencesIn(await loadWords(language)), sentencesIn(await loadWords('en'))]
    const wanted = new Map(english)
    for (const [path, sentence] of own) {
      const among = wanted.get(path)
      // Steps may be more or fewer in another language.
      if (among !== undefined) expect(gapsOf(sentence), `${language}${path}`).toEqual(gapsOf(among))
    }
  })
})

/** Names that no language translates, and sentences that are nothing but a gap or a name. */
const SAME_EVERYWHERE = /^(Android|Mac|Windows)$/

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the words in %s', (language) => {
  test('leave no English sentence untranslated', async () => {
    const own = new Map(sentencesIn(await loadWords(language)))
    const left = sentencesIn(await loadWords('en')).filter(
      ([path, sentence]) => own.get(path) === sentence && !SAME_EVERYWHERE.test(sentence),
    )
    expect(left.map(([path]) => path).filter((path) => path !== '.locale')).toEqual([])
  })

  test('are set as its readers expect: no doubled blanks, no typewriter quotes, nothing at the edges', async () => {
    for (const [path, sentence] of sentencesIn(await loadWords(language))) {
      expect(sentence, path).not.toMatch(/ {2}|["']|^\s|\s$/)
    }
  })
})
