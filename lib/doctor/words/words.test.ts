import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '#components/upload/words/languages.ts'
import { drawDoctorPage } from '../page/draw-page.ts'
import { DOCTOR_LANGUAGES, wordsForVisitor } from './languages.ts'
import type { Counted } from './words.ts'

function sentencesIn(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([key, each]) => sentencesIn(each, `${path}.${key}`))
}

const gapsOf = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).toSorted()
const english = new Map(sentencesIn(wordsForVisitor('en', null)))

test('the page speaks the languages of the upload page: the one of the address, else the browser’s, else English', () => {
  expect(DOCTOR_LANGUAGES).toEqual(LANGUAGES)
  expect(wordsForVisitor('pt-PT', 'de').locale).toBe('pt-BR')
  expect(wordsForVisitor(null, 'xx, ar-EG;q=0.9, de;q=0.8').locale).toBe('ar')
  expect(wordsForVisitor('xx', null).locale).toBe('en')
  expect(drawDoctorPage('n', 'https://upload.example', wordsForVisitor('ar', null))).toContain(
    '<html lang="ar" dir="rtl">',
  )
})

describe.each(DOCTOR_LANGUAGES.filter((language) => language !== 'en'))('the words in %s', (language) => {
  const words = wordsForVisitor(language, null)
  const own = sentencesIn(words)

  test('leave nothing in English, and the same gaps', () => {
    // Names, and what is written alike.
    const alike = /^\.(title|checks\.(connection|scripts|headers|isolation|methods)\.title|script\.status)$/
    for (const [path, sentence] of own) {
      const there = english.get(path)
      if (there === undefined) continue
      if (!alike.test(path)) expect(sentence, path).not.toBe(there)
      expect(path.endsWith('.one') ? [] : gapsOf(sentence), path).toEqual(
        path.endsWith('.one') ? [] : gapsOf(there),
      )
    }
  })

  test('have a sentence for every form of numbers that may occur', () => {
    const rules = new Intl.PluralRules(language)
    for (const forms of [words.script.summary.fails, words.script.summary.fallsBack]) {
      for (let n = 1; n <= 17; n++) {
        const form = rules.select(n) as keyof Counted
        expect(forms[form] ?? forms.other, `${n}`).toBe(forms[form])
      }
    }
  })

  test('are set as its readers expect: nothing at the edges, no doubled blanks, in French no sign that may stand alone', () => {
    for (const [path, sentence] of own) {
      expect(sentence, path).not.toMatch(/ {2}|^\s|\s$|'/)
      if (language === 'fr')
        expect(sentence.replaceAll(/policy: sandbox/gi, ''), path).not.toMatch(/ [?;!:»]|« /)
    }
  })
})
