import { expect, test } from 'vitest'
import { askFor, FIRST_PAGE, placeOfNext, readPagePlace, writePagePlace } from './page-place.ts'

const NEXT = 'https://dna.example/api/v2/audit/?limit=50&after=QUJD'

test('pages are asked for by number as far as the API takes that, and by place further on', () => {
  const last = { offset: 10_000, after: '' }
  expect(placeOfNext({ offset: 9_950, after: '' }, 50, NEXT)).toEqual(last)
  const beyond = placeOfNext(last, 50, NEXT)
  expect(askFor(last)).toEqual({ offset: 10_000 })
  expect(askFor(beyond)).toEqual({ after: 'QUJD' })
  expect(placeOfNext(beyond, 50, NEXT).offset).toBe(10_100)
})

test('an address that is not one of ours is the first page, and ours are read back', () => {
  for (const place of [FIRST_PAGE, { offset: 100, after: '' }, { offset: 10_050, after: 'QUJD' }]) {
    expect(readPagePlace(writePagePlace(place), 50)).toEqual(place)
  }
  for (const text of ['x', '-50', '1e400', '1000000', '.QUJD']) {
    expect(readPagePlace(text, 50)).toEqual(FIRST_PAGE)
  }
})
