import { expect, test } from 'vitest'
import { BLANK, filled, TURNED, words } from './fields.ts'

const faultsOf = (schema: ReturnType<typeof words>, given: string): string[] => [
  ...new Set(schema.safeParse(given).error?.issues.map(({ message }) => message) ?? []),
]

test('A text that people read has something to see', () => {
  for (const nothing of ['', ' ', '\u200b', '\u3164', '\u00ad\u2060', '\u2800', '\ufe0f'])
    expect([nothing, faultsOf(filled(500), nothing)]).toEqual([nothing, [BLANK]])
  expect(filled(500).parse('  known for this chip ')).toBe('known for this chip')
  expect(words(500).parse('')).toBe('')
})

test('A text that people read turns no words around it, whatever its own direction', () => {
  for (const turning of ['a\u202eb', '\u202ab\u202c', 'a\u2067b'])
    expect([turning, faultsOf(filled(500), turning)]).toEqual([turning, [TURNED]])
  for (const kept of ['سبب معروف لهذه الشريحة', 'ידוע 👩‍🔬', 'a\u200fb'])
    expect([kept, filled(500).parse(kept)]).toEqual([kept, kept])
})
