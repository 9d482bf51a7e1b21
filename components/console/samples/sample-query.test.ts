import { describe, expect, test } from 'vitest'
import { REASONS } from '#lib/genotype/reason.ts'
import { NO_PAGE } from '../kit/page-place.ts'
import { REASON_WORDS } from './reason-words.ts'
import { askForSamples, filtersOf, isFiltered, pageAt, readSampleQuery } from './sample-query.ts'

const read = (address: string) => {
  const params = new URLSearchParams(address)
  return readSampleQuery({ get: (name) => params.get(name) ?? '' })
}

describe('what the address asks of the table', () => {
  test('is the newest change first, on pages of 25, when it says nothing', () => {
    expect(read('')).toMatchObject({ sort: 'modified', order: 'desc', size: 25, page: 1, statuses: [] })
    expect(isFiltered(read('page=2&size=50&sort=created'))).toBe(false)
  })

  test.each([
    'sort=password',
    'order=up',
    'from=yesterday',
    'to=2026-02-31x',
    'status=asleep,%3Cb%3E',
    'hidden=maybe',
  ])('is what it would be without what makes no sense: %s', (address) => {
    expect(read(address)).toEqual(read(''))
  })

  test.each([
    'page=-1',
    'page=x',
    'page=0',
    'page=1.5e3&size=30',
    'page=3.',
    'size=7',
    'page=2&size=junk',
    'page=402',
  ])(
    'is a place that the API refuses, and no other rows, where it names no page or one too deep: %s',
    (address) => {
      const { offset = 0, after } = askForSamples(read(address), { projectId: undefined })
      expect(Number(offset) > 10_000 || after === NO_PAGE.after).toBe(true)
    },
  )

  test('is a page by its number, and further on by the place that the page before names', () => {
    const next = 'https://upload.example/api/v2/samples/?limit=50&offset=10000&after=eyJ'
    expect(pageAt(1, 50, next)).toBeNull()
    expect(pageAt(201, 50, next)).toBe('201')
    expect(pageAt(202, 50, next)).toBe('202.eyJ')
    expect(read('page=202.eyJ&size=50')).toMatchObject({ page: 202, after: 'eyJ' })
    // After one that was not full.
    expect(pageAt(2, 50, next)).toBe('2.eyJ')
    // Back from there is the first page: the place of the page before is not known.
    expect(pageAt(202, 50)).toBeNull()
    expect(read('page=201&size=50')).toMatchObject({ page: 201, after: '' })
  })

  test('becomes filters of the API, whose last day is a whole one', () => {
    const query = read('q=%20A-7%20&status=failed,failed+qc&reason=not_a_zip&from=2026-02-01&to=2026-02-01')
    const filters = filtersOf(query, { projectId: undefined })
    expect(filters).toMatchObject({ search: 'A-7', status: 'failed,failed qc', reason: 'not_a_zip' })
    const [from, to] = [filters.created_after, filters.created_before].map((time) => Date.parse(String(time)))
    expect(to! - from!).toBe(86_400_000 - 1)
    expect(isFiltered(query)).toBe(true)
  })

  test('shows no hidden samples unless it asks for them', () => {
    const filterOf = (address: string) => filtersOf(read(address), { projectId: undefined }).hidden_status
    expect(['', 'hidden=visible', 'hidden=hidden', 'hidden=all'].map(filterOf)).toEqual([
      ...[null, null, 'hidden', 'all'],
    ])
    expect(isFiltered(read('hidden=all'))).toBe(true)
  })

  test('sorts names from the beginning unless it says otherwise', () => {
    expect(read('sort=client_id').order).toBe('asc')
    expect(read('sort=client_id&order=desc').order).toBe('desc')
  })
})

test('every reason has words for operators, each its own', () => {
  const words = REASONS.map((reason) => REASON_WORDS[reason])
  expect(new Set(words).size).toBe(REASONS.length)
})
