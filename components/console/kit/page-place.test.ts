import { expect, test } from 'vitest'
import { QueryPlace } from '#lib/wire/query-place.ts'
import {
  askFor,
  FIRST_PAGE,
  isNumbered,
  NO_PAGE,
  placeOfNext,
  readPagePlace,
  writePagePlace,
} from './page-place.ts'

const next = (offset: number) => `https://dna.example/api/v2/audit/?limit=50&offset=${offset}&after=QUJD`

test('pages are asked for by number as far as the API takes that, and by place further on', () => {
  const last = { offset: 10_000, after: '' }
  expect(placeOfNext({ offset: 9_950, after: '' }, 50, next(10_000))).toEqual(last)
  const beyond = placeOfNext(last, 50, next(10_050))
  expect(askFor(last)).toEqual({ offset: 10_000 })
  expect(askFor(beyond)).toEqual({ after: 'QUJD' })
  expect(placeOfNext(beyond, 50, next(10_100)).offset).toBe(10_100)
})

test('a page that was not full, or empty, is followed by the one behind its place', () => {
  const empty = placeOfNext(FIRST_PAGE, 50, next(0))
  expect([empty, askFor(empty)]).toEqual([{ offset: 0, after: 'QUJD' }, { after: 'QUJD' }])
  expect(readPagePlace(writePagePlace(empty))).toEqual(empty)
  const three = placeOfNext(empty, 50, next(3))
  expect(readPagePlace(writePagePlace(three))).toEqual({ offset: 3, after: 'QUJD' })
  expect(placeOfNext(three, 50, next(53))).toEqual({ offset: 53, after: 'QUJD' })
  expect(placeOfNext(three, 50, next(50))).toEqual({ offset: 50, after: '' })
})

test('pages have no numbers where one of them is short and others follow: its rows would be behind none', () => {
  const meta = { count: 70, next: next(7) }
  const shown = { meta, rows: 7, limit: 50, place: FIRST_PAGE }
  expect(isNumbered(shown)).toBe(false)
  expect(isNumbered({ ...shown, place: placeOfNext(FIRST_PAGE, 50, next(7)), rows: 50 })).toBe(false)
  expect(isNumbered({ ...shown, meta: { ...meta, more: true }, rows: 50 })).toBe(false)
  expect(isNumbered({ ...shown, rows: 50 })).toBe(true)
  expect(
    isNumbered({ ...shown, meta: { ...meta, next: null }, rows: 20, place: { offset: 50, after: '' } }),
  ).toBe(true)
})

test('the address of a page is read back, and one that names no page asks for none instead of for other rows', () => {
  for (const place of [
    FIRST_PAGE,
    { offset: 100, after: '' },
    { offset: 17, after: '' },
    { offset: 10_050, after: 'QUJD' },
  ]) {
    expect(readPagePlace(writePagePlace(place))).toEqual(place)
  }
  // Refused by every list, also by those that take any offset.
  expect(QueryPlace.safeParse(askFor(NO_PAGE).after).success).toBe(false)
  for (const text of ['x', '20000', '-50', '1e3', '1e400', '.QUJD', '50.', ' 50', '0x32', '5,0']) {
    expect([text, askFor(readPagePlace(text))]).toEqual([text, askFor(NO_PAGE)])
  }
})

test('rows that begin between two pages have no number', () => {
  const shown = { meta: { count: 120, next: next(67) }, rows: 50, limit: 50 }
  expect(isNumbered({ ...shown, place: readPagePlace('17') })).toBe(false)
  expect(isNumbered({ ...shown, place: readPagePlace('50') })).toBe(true)
})
