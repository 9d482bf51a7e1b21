import { describe, expect, test } from 'vitest'
import { wantedLanguages } from '#lib/wire/pick-language.ts'
import { amountsIn, roundUpSeconds } from './amounts.ts'
import { en } from './en/page.ts'
import { explain } from './explain.ts'
import { betweenSentences, pickLanguage } from './languages.ts'
import { fill } from './phrase.tsx'

test('a gap without a value stays visible instead of vanishing', () => {
  expect(fill('Back to {partner}', {})).toBe('Back to {partner}')
})

test('a value is never taken for a gap itself', () => {
  expect(fill('{partner} has it', { partner: '{limit}', limit: 'x' })).toBe('{limit} has it')
})

describe('an explanation', () => {
  test('an explanation names the company whose file was recognised', () => {
    const { what } = explain(en, 'vendor_unsupported', 'familytreedna', { partner: 'Northlight' })
    expect(what).toBe('This looks like a FamilyTreeDNA file. Northlight cannot use those yet.')
  })

  test('an unpacked file of a company that is not accepted is told that the company is the matter', () => {
    const { what, mend } = explain(en, 'not_a_zip', 'familytreedna', {
      partner: 'Northlight',
      vendors: 'A or B',
    })
    expect(what).toBe('This looks like a FamilyTreeDNA file. Northlight cannot use those yet.')
    expect(mend).toBe('Choose a file from A or B, if you have one.')
  })

  test('an unknown detail from a newer server falls back to the reason', () => {
    const unknown = 'from_the_future' as 'gzip'
    expect(explain(en, 'not_a_zip', unknown, {})).toEqual(en.reasons.not_a_zip)
  })
})

describe('amounts', () => {
  const amounts = amountsIn('en')
  test('amounts are written as people read them', () => {
    expect(amounts.size(26_214_400)).toBe('25\u00a0MB')
    expect(amounts.size(900)).toBe('1\u00a0kB')
    expect(amounts.time(250)).toBe('4 minutes 10 seconds')
    expect(amounts.time(0)).toBe('0 seconds')
    expect(amounts.leftTime(719)).toBe('11 minutes')
  })

  test('amounts and sentences have no spaces in Japanese', () => {
    expect(amountsIn('ja').time(90)).toBe('1分30秒')
    expect(['ja', 'zh-Hans', 'ar'].map(betweenSentences)).toEqual(['', '', ' '])
  })

  test('the time needed is rounded up, never down', () => {
    for (const seconds of [1, 9, 59, 61, 299, 301, 3_601]) {
      expect(roundUpSeconds(seconds)).toBeGreaterThanOrEqual(seconds)
    }
  })

  test('progress never claims more than is done', () => {
    expect(amounts.share(999, 1000)).toBe('99%')
    expect(amounts.share(0, 0)).toBe('0%')
  })
})

describe('the language', () => {
  test('the most preferred available language is chosen', () => {
    expect(wantedLanguages('xx;q=0.9, en-GB;q=0.8, *;q=0')).toEqual(['xx', 'en-GB'])
    expect(pickLanguage(['xx', 'en-GB'])).toBe('en')
  })

  test('English is chosen when no preferred language is available', () => {
    expect(pickLanguage([])).toBe('en')
    expect(pickLanguage(wantedLanguages(null))).toBe('en')
  })
})
