import { expect, test } from 'vitest'
import { presentPage, readListQuery } from './page-query.ts'

const request = (query: string) => new Request(`http://0.0.0.0:3000/api/v2/sample-statuses/x${query}`)
const page = (query: string) => readListQuery(request(query)).page

test('limit and offset are read from the query', () => {
  expect(page('?limit=200&offset=400')).toEqual({ limit: 200, offset: 400 })
  expect(page('?limit=1')).toEqual({ limit: 1, offset: 0 })
})

test.each([
  '',
  '?limit=&offset=',
  '?limit=0&offset=-1',
  '?limit=-5',
  '?limit=ten&offset=x',
  '?limit=2.5&offset=1.5',
])('what makes no sense counts as not given: %j', (query) => {
  expect(page(query)).toEqual({ limit: 25, offset: 0 })
})

test.each(['?limit=1e2&offset=1e2', '?limit=0x10&offset=0x10', '?limit=%2010&offset=%20', '?limit=Infinity'])(
  'what only JavaScript takes for a number counts as not given: %j',
  (query) => {
    expect(page(query)).toEqual({ limit: 25, offset: 0 })
  },
)

test('A limit over 200 counts as 200, and an offset too large to count to is beyond every row', () => {
  expect(page('?limit=1000')).toEqual({ limit: 200, offset: 0 })
  for (const digits of [20, 30, 400].map((length) => '9'.repeat(length))) {
    expect(page(`?limit=${digits}&offset=${digits}`)).toEqual({ limit: 200, offset: Number.MAX_SAFE_INTEGER })
  }
})

test('Links to neighbouring pages are public URLs with limit, offset and the rest of the query', () => {
  const envelope = (offset: number, count: number) =>
    presentPage(
      request(`?status=failed%20qc&limit=10&offset=${offset}`),
      'https://upload.example',
      { limit: 10, offset },
      {
        count,
        results: [],
      },
    ).meta
  const at = (offset: number) =>
    `https://upload.example/api/v2/sample-statuses/x?status=failed+qc&limit=10&offset=${offset}`
  expect(envelope(0, 0)).toEqual({ count: 0, next: null, previous: null })
  expect(envelope(0, 10)).toEqual({ count: 10, next: null, previous: null })
  expect(envelope(0, 11)).toEqual({ count: 11, next: at(10), previous: null })
  expect(envelope(10, 21)).toEqual({ count: 21, next: at(20), previous: at(0) })
  expect(envelope(5, 12)).toEqual({ count: 12, next: null, previous: at(0) })
  expect(envelope(20, 21)).toEqual({ count: 21, next: null, previous: at(10) })
})

test('Following next from the start visits every row once', () => {
  const seen: number[] = []
  let url: string | null = '/api/v2/x?limit=7'
  while (url !== null) {
    const asked = new Request(new URL(url, 'http://127.0.0.1:3000'))
    const { limit, offset } = readListQuery(asked).page
    for (let row = offset; row < Math.min(offset + limit, 30); row++) seen.push(row)
    url = presentPage(asked, 'http://127.0.0.1:3000', { limit, offset }, { count: 30, results: [] }).meta.next
  }
  expect(seen).toEqual(Array.from({ length: 30 }, (_, row) => row))
})
