import { describe, expect, test } from 'vitest'
import { amountsIn } from './amounts.ts'
import { LANGUAGES, type Language, loadWords } from './languages.ts'
import { fill } from './phrase.tsx'
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
      expect(forms.other, path).toMatch(/\{(n|time|sent)\}/)
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

test('the words in fr set every space that French typography wants unbroken, so that no sign stands alone in a line', async () => {
  const sentences = sentencesIn(await loadWords('fr'))
  expect(sentences.filter(([, sentence]) => /[\u202f\u00a0]/.test(sentence)).length).toBeGreaterThan(40)
  for (const [path, sentence] of sentences) {
    expect(sentence, path).not.toMatch(/ [?;!:»]|« |[^\s\u202f][?!;](?!\w)/)
    expect(sentence, path).not.toMatch(/«(?!\u00a0)|(?<!\u00a0)»|(?<![\u202f.])[?;!]/)
  }
})

test('amounts inflect the sentence around them', async () => {
  const say = async (language: Language, seconds: number) => {
    const [words, amounts] = [await loadWords(language), amountsIn(language)]
    const form = formFor(language, words.uploading.remaining, amounts.timeNumber(seconds))
    return fill(form, { time: amounts.time(seconds) })
  }
  expect(await say('es', 60)).toBe('falta aproximadamente 1 minuto')
  expect(await say('es', 120)).toBe('faltan aproximadamente 2 minutos')
  expect(await say('it', 60)).toBe('manca circa 1 minuto')
  expect(await say('pt-BR', 150)).toBe('faltam cerca de 2 minutos 30 segundos')
  expect(await say('fr', 60)).toBe('environ 1 minute restante')
  expect(await say('fr', 90)).toBe('environ 1 minute 30\u00a0secondes restantes')
  expect(await say('it', 61)).toBe('mancano circa 1 minuto 1 secondo')
  expect(await say('ar', 120)).toBe('الوقت المتبقي: نحو دقيقتين')
  expect(await say('ar', 62)).toBe('الوقت المتبقي: نحو دقيقة وثانيتين')

  const fr = await loadWords('fr')
  const sent = (bytes: number) => formFor('fr', fr.uploading.sent, amountsIn('fr').sizeNumber(bytes))
  expect([1_048_576, 1_677_722, 2_097_152].map(sent)).toEqual([
    '{sent} envoyé sur {total}',
    '{sent} envoyé sur {total}',
    '{sent} envoyés sur {total}',
  ])
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

test('the Arabic words have a preposition before every time, which the dual of the amounts needs', async () => {
  for (const [path, sentence] of sentencesIn(await loadWords('ar'))) {
    for (const gap of sentence.matchAll(/(\S+) \{(?:time|needed|left)\}/g)) {
      expect(['لمدة', 'نحو', 'إلى', 'سوى'], path).toContain(gap[1])
    }
  }
})

/** What no refusal says of a person's file: that it hides or contradicts something, or that one opens a name. */
const REPROACHES =
  /hidden|contradict|name that|caché|contredit|nom que|verborgen|naam die|nascosto|nome che|escondid|nome que|nombre que|متناقض|食い違/

test.each(LANGUAGES)('a refused file is not reproached in %s', async (language) => {
  const { reasons, recognised } = await loadWords(language)
  for (const [path, sentence] of sentencesIn({ reasons, recognised })) {
    expect(sentence, path).not.toMatch(REPROACHES)
  }
})
