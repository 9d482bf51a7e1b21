import { expect, test } from 'vitest'
import { referenceOf } from './reference.ts'

const of = (metadata: unknown, clientId = 'id') => referenceOf({ id: 'id', clientId, metadata })

test('A sample is called by its client id, else by the reference in its metadata, else by nothing', () => {
  expect(of({ your_reference: 'order-7' }, 'HumanS01')).toBe('HumanS01')
  expect(of({ reference: 'visit 2', your_reference: ' order-7 ' })).toBe('order-7')
  expect(of({ reference: 'visit 2', your_reference: '' })).toBe('visit 2')
  expect(of({ reference: 4711 })).toBe('4711')
  for (const none of [
    null,
    undefined,
    'order-7',
    7,
    ['order-7'],
    {},
    { order: 'order-7' },
    { reference: {} },
  ])
    expect([none, of(none)]).toEqual([none, null])
})

test('A reference is one line of bounded length, without what turns or hides text, and no number is another', () => {
  expect(of({ reference: 'a\n\tb\u202ec' })).toBe('a bc')
  expect(of({ reference: 'می\u200cخواهم' }), 'joiners belong to the spelling').toBe('می\u200cخواهم')
  expect(of({ reference: '\u202e\u200b ' })).toBeNull()
  expect([...of({ reference: '🧬'.repeat(300) })!]).toHaveLength(201)
  expect(of({ reference: 2 ** 60 })).toBeNull()
})
