import { expect, test } from 'vitest'
import { z } from 'zod'
import { isProblem } from '#lib/problem.ts'
import { choice, QueryDay, QueryFlag, QueryTime, searchText } from './query-fields.ts'
import { readQuery } from './read-query.ts'

const Shape = z.object({
  created_after: QueryTime.optional(),
  day: QueryDay.optional(),
  status: choice(['all', 'failed']).default('all'),
  locked: QueryFlag.optional(),
  search: searchText(255),
})
const read = (query: string) => readQuery({ url: `http://localhost/api/v2/things/${query}` }, Shape)

function refusalOf(query: string): unknown {
  try {
    return { accepted: read(query) }
  } catch (error) {
    if (isProblem(error)) return error.fields
    throw error
  }
}

test.each([
  ['2027-01-01', '2027-01-01T00:00:00.000Z'],
  ['2027-01-01T10:00', '2027-01-01T10:00:00.000Z'],
  ['2027-01-01T10:00:30', '2027-01-01T10:00:30.000Z'],
  ['2027-01-01 10:00:30', '2027-01-01T10:00:30.000Z'],
  ['2027-01-01T10:00:30.123456Z', '2027-01-01T10:00:30.123Z'],
  ['2027-01-01T10:00:30%2B02:00', '2027-01-01T08:00:30.000Z'],
  ['2027-01-01T10:00:30%2B0200', '2027-01-01T08:00:30.000Z'],
  ['2027-01-01T10:00:30%2B02', '2027-01-01T08:00:30.000Z'],
  ['2027-01-01T10:00:30-05:00', '2027-01-01T15:00:30.000Z'],
  ['2027-01-01T10:00:30+02:00', '2027-01-01T08:00:30.000Z'],
  ['2027-01-01 10:00:30+00:00', '2027-01-01T10:00:30.000Z'],
  ['2027-01-01 10:00Z', '2027-01-01T10:00:00.000Z'],
  ['2027-01-01T10:00+02:00', '2027-01-01T08:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2038-01-20', '2038-01-20T00:00:00.000Z'],
])('The time %s is %s, wherever the server is', (text, time) => {
  expect(read(`?created_after=${text}`).created_after?.toISOString()).toBe(time)
})

test.each([
  ...[
    '',
    'garbage',
    '1798761600',
    '2027-02-30',
    '2027-13-01',
    '0000-01-01',
    '20270101T000000Z',
    '2027-01-01T00Z',
    // A day with an offset whose plus was not escaped, or a time: not known.
    '2027-01-01+02:00',
    '2027-01-01%2002:00',
    '2027-01-01%2B02:00',
    '2027-01-01-02:00',
    '2027-01-01+0200',
    '2027-01-01Z',
  ],
  ...[
    '2027-01-01T24:00',
    '2027-01-01T10:61',
    '2027-01-01T10:00%2B99:00',
    '+002027-01-01',
    '2027-01-01T10:00:00+',
  ],
])('The time %j is refused by name', (text) => {
  expect(refusalOf(`?created_after=${text}`)).toEqual({ created_after: ['Enter a valid date/time.'] })
})

test('A word that is not a choice, a day that is not in the calendar and a text that is too long are refused', () => {
  expect(refusalOf('?status=bogus&day=2026-02-29&locked=maybe')).toEqual({
    status: ['"bogus" is not a valid choice.'],
    day: ['Enter a valid date.'],
    locked: ['"maybe" is not a valid choice.'],
  })
  expect(refusalOf(`?search=${'x'.repeat(256)}`)).toEqual({
    search: ['Ensure this field has no more than 255 characters.'],
  })
  expect(refusalOf('?search=%00')).toEqual({ search: ['Null characters are not allowed.'] })
})

test('A parameter that there is not, or that comes twice, is refused by name', () => {
  for (const name of ['created_afer', '__proto__', 'constructor', 'toString']) {
    const fields = refusalOf(`?${name}=x`) as Record<string, unknown>
    expect(Object.entries(fields)).toEqual([[name, ['There is no such parameter here.']]])
  }
  expect(refusalOf('?status=all&status=failed')).toEqual({ status: ['Give this parameter once.'] })
})
