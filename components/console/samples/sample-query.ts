import type { OverviewFilter } from '#lib/insights/overview-filter.ts'
import { SAMPLE_STATUSES } from '#lib/samples/sample.ts'
import type { Query } from '../api/api.ts'
import type { AddressQuery, Scope } from '../frame/addresses.ts'
import { askFor, NO_PAGE as NO_PLACE } from '../kit/page-place.ts'

/** Whether hidden samples are in the table. */
export const HIDDEN = ['visible', 'hidden', 'all'] as const

export const PAGE_SIZES = [25, 50, 100, 200] as const

/** What the address asks of the table. Invalid values count as missing. */
export interface SampleQuery {
  search: string
  statuses: string[]
  reason: string
  vendor: string
  hidden: (typeof HIDDEN)[number]
  /** Days, `YYYY-MM-DD`, in the reader's own zone. */
  from: string
  to: string
  sort: SortColumn
  order: 'asc' | 'desc'
  size: number
  /** From 1 on; 0 where the address names no page. */
  page: number
  /** Where the page begins, for pages that are too far on to count to. */
  after: string
}

export function readSampleQuery({ get }: AddressQuery): SampleQuery {
  const wanted = get('sort')
  // One parameter for both, so that nothing that goes back to the first page can forget one.
  const { page, after } = readPage(get('page'))
  const size = PAGE_SIZES.find((size) => String(size) === get('size'))
  const sort = isSortColumn(wanted) ? wanted : 'modified'
  return {
    search: get('q'),
    statuses: get('status')
      .split(',')
      .filter((status) => (SAMPLE_STATUSES as readonly string[]).includes(status)),
    reason: get('reason'),
    vendor: get('vendor'),
    hidden: HIDDEN.find((one) => one === get('hidden')) ?? 'visible',
    from: dayOf(get('from')),
    to: dayOf(get('to')),
    sort,
    order: get('order') === 'asc' ? 'asc' : get('order') === 'desc' ? 'desc' : naturalOrder(sort),
    size: size ?? PAGE_SIZES[0],
    // Of which size this is the page, nobody knows.
    page: size === undefined && get('size') !== '' ? NO_PAGE : page,
    after,
  }
}

const NO_PAGE = 0

/** What `pageAt` wrote, the first page where nothing stands, and otherwise none: never other rows than the address names. */
function readPage(text: string): Pick<SampleQuery, 'page' | 'after'> {
  if (text === '') return { page: 1, after: '' }
  const [number = '', ...others] = text.split('.')
  const [page, after] = [Number(number), others.join('.')]
  const isPage =
    /^[1-9]\d*$/.test(number) && Number.isSafeInteger(page) && (after !== '' || others.length === 0)
  return isPage ? { page, after } : { page: NO_PAGE, after: '' }
}

type SortColumn = OverviewFilter['sort_by']

/** How each column is sorted first: the newest on top, and names from the beginning. */
const NATURAL_ORDER: Record<SortColumn, 'asc' | 'desc'> = {
  modified: 'desc',
  created: 'desc',
  client_id: 'asc',
}

export const naturalOrder = (sort: SortColumn): 'asc' | 'desc' => NATURAL_ORDER[sort]

const isSortColumn = (text: string): text is SortColumn => Object.hasOwn(NATURAL_ORDER, text)

/** Rows that the API counts through to find a page; those further on are found by their place. */
const COUNTED_MAX = 10_000

/** The address of the page with this number; `next` is what the page before it says of the next one. */
export function pageAt(page: number, size: number, next: string | null = null): string | null {
  if (page <= 1) return null
  const place = next === null ? null : new URL(next).searchParams
  // Other than so many rows are before it where a page was not full: only the place leads there.
  const counted =
    place === null || place.get('offset') === null || Number(place.get('offset')) === (page - 1) * size
  if (counted && (page - 1) * size <= COUNTED_MAX) return String(page)
  const after = place?.get('after') ?? null
  return after === null ? null : `${page}.${after}`
}

/** The filters, as the API takes them. */
export function filtersOf(query: SampleQuery, { projectId }: Scope): Query {
  return {
    project: projectId,
    search: query.search.trim(),
    status: query.statuses.join(','),
    reason: query.reason,
    vendor: query.vendor,
    hidden_status: query.hidden === 'visible' ? null : query.hidden,
    created_after: query.from && startOf(query.from).toISOString(),
    created_before: query.to && new Date(startOf(query.to).getTime() + DAY_MS - 1).toISOString(),
  }
}

/** What the table asks the API for. */
export const askForSamples = (query: SampleQuery, scope: Scope): Query => ({
  ...filtersOf(query, scope),
  sort_by: query.sort,
  sort_order: query.order,
  limit: query.size,
  ...askFor(
    query.page === NO_PAGE ? NO_PLACE : { offset: (query.page - 1) * query.size, after: query.after },
  ),
})

/** What the page of one sample asks the API for. */
export const askForSample = (id: string): [path: string, query: Query] => [
  `samples/${encodeURIComponent(id)}`,
  {},
]

export const isFiltered = ({ search, statuses, reason, vendor, hidden, from, to }: SampleQuery): boolean =>
  search.trim() !== '' ||
  statuses.length > 0 ||
  hidden !== 'visible' ||
  [reason, vendor, from, to].some((value) => value !== '')

const DAY_MS = 86_400_000

/** Midnight where the reader is. */
const startOf = (day: string): Date => new Date(`${day}T00:00:00`)

const dayOf = (text: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(startOf(text).getTime()) ? text : ''

/** Removes every filter from the address. */
export const NO_FILTERS: Record<string, null> = {
  q: null,
  status: null,
  reason: null,
  vendor: null,
  hidden: null,
  from: null,
  to: null,
  page: null,
}
