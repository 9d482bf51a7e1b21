import { expect, test } from 'vitest'
import { en } from '../words/en/page.ts'
import { keptFor, purposeIn } from './trust-note.tsx'

test.each([
  [30, 30, ['Your file and what is worked out from it are deleted from this service after 30 days.']],
  [
    1,
    3650,
    [
      'Your file is deleted from this service after 1 day.',
      'What is worked out from it is deleted after 3,650 days.',
    ],
  ],
  [null, null, ['Your file and what is worked out from it are kept until {partner} deletes them.']],
  [
    7,
    null,
    [
      'Your file is deleted from this service after 7 days.',
      'What is worked out from it is kept until {partner} deletes it.',
    ],
  ],
])('a project that keeps files %j and results %j days says so', (rawFileDays, deliverableDays, sentences) => {
  expect(keptFor(en, { rawFileDays, deliverableDays })).toEqual(sentences)
})

test('the purpose is shown in the language of the page where the partner has written it', () => {
  const partner = {
    purpose: 'For your visit.',
    purposes: { de: 'Für Ihren Besuch.', pt: 'Para a consulta.' },
  }
  expect(['de', 'pt-BR', 'ja'].map((locale) => purposeIn(locale, partner))).toEqual([
    'Für Ihren Besuch.',
    'Para a consulta.',
    'For your visit.',
  ])
  expect(purposeIn('de', { purpose: null, purposes: {} })).toBeNull()
})
