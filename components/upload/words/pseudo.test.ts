import { expect, test } from 'vitest'
import { en } from './en/page.ts'
import { pseudoWords } from './pseudo.ts'

test('a pseudo sentence is at least 40 % longer, keeps its gaps, and shows where it ends', () => {
  const words = pseudoWords(en)
  for (const [plain, longer] of [
    [en.ready.heading, words.ready.heading],
    [en.reasons.file_empty.mend, words.reasons.file_empty.mend],
    [en.where.systems.mac.steps[1]!, words.where.systems.mac.steps[1]!],
  ] as const) {
    expect(longer.length).toBeGreaterThanOrEqual(plain.length * 1.4)
    expect(longer).toMatch(/^\[.*\]$/)
  }
  expect(words.ready.heading).toContain('{partner}')
  expect(words.locale).toBe('en')
})
