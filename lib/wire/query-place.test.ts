import { expect, test } from 'vitest'
import { QueryPlace, writePlace } from './query-place.ts'

const PLACE = { sort: 'created', value: '1790000000000000', id: '6f1f5c0e-3c5f-4b8c-9a51-000000000009' }

test('A place is read as it was written, and in no other spelling', () => {
  const written = writePlace(PLACE)
  expect(QueryPlace.parse(written)).toEqual(PLACE)
  for (const other of [`${written}A`, `${written}=`, ` ${written}`, written.slice(0, -1), '', 'zzz'])
    expect([other, QueryPlace.safeParse(other).success]).toEqual([other, false])
})
