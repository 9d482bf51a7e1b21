import { z } from 'zod'
import { Problem } from '#lib/problem.ts'
import { OFFSET_MAX, type PageQuery, presentPage, readListQuery } from './page-query.ts'
import { type ListPlace, QueryPlace, writePlace } from './query-place.ts'

/** How far rows of a list that can grow are counted; above that, `more` says so. */
export const COUNT_MAX = 10_000

/** A page of a list that can grow: behind a place, which costs the same anywhere in the list, or at an offset. */
export interface ListPage extends PageQuery {
  after?: ListPlace | undefined
}

/** What a table finds for a page. */
export interface Found<Row> {
  /** Counted to COUNT_MAX + 1 or further, or with `more` less far. */
  count: number
  /** There may be others than those that were counted. */
  more?: boolean
  /** One more than the page has, where there is one. */
  rows: readonly Row[]
  /** Where looking for more has ended before the page was full. */
  end?: ListPlace
}

/** What a list returns: rows in order, and the place where the next page begins; null at the end. */
export interface Listed<Row> {
  count: number
  /** There may be others than were counted. `count` goes to COUNT_MAX, or to the last row here. */
  more: boolean
  rows: Row[]
  next: string | null
}

/** The query parameter for the place. */
export const PLACE_QUERY = z.object({ after: QueryPlace.optional() })

/** The page and the filters that the query of such a list asks for. Throws 400 for whatever else is in it. */
export function readPlacedQuery<Shape extends z.ZodRawShape>(
  request: Pick<Request, 'url'>,
  filters: z.ZodObject<Shape>,
): { page: ListPage; filter: z.output<z.ZodObject<Shape>> } {
  const { page, filter: asked } = readListQuery(request, filters.extend(PLACE_QUERY.shape))
  const { after, ...filter } = asked as z.output<typeof PLACE_QUERY> & z.output<z.ZodObject<Shape>>
  return { page: placedPage({ ...page, after }), filter: filter as z.output<z.ZodObject<Shape>> }
}

/** The page with the offset of its place. Throws 400 for another offset beside the place: it is one or the other. */
function placedPage({ limit, offset, after }: ListPage): ListPage {
  if (!after) return { limit, offset }
  if (offset > 0 && offset !== after.offset) refuse('offset', 'Give either "after" or "offset".')
  return { limit, offset: after.offset ?? 0, after }
}

/** Throws 400 for a place that belongs to another list or order. */
export function demandPlaceOf(
  { after }: Pick<ListPage, 'after'>,
  sort: string,
  isValue: (value: string) => boolean,
): void {
  if (!after) return
  if (after.sort === sort && isValue(after.value)) return
  refuse('after', 'This belongs to a list in another order.')
}

/** Throws 400 for an offset beyond OFFSET_MAX. */
export function demandReachable({ offset, after }: ListPage): void {
  if (after || offset <= OFFSET_MAX) return
  refuse('offset', `Ensure this value is at most ${OFFSET_MAX}: pages further on are reached by "next".`)
}

function refuse(field: 'after' | 'offset', words: string): never {
  throw new Problem('invalid', words, { fields: { [field]: [words] } })
}

/** The page, of what was found for it. */
export function endPage<Row>(
  { count, more = false, rows, end }: Found<Row>,
  { limit, offset }: Pick<ListPage, 'limit' | 'offset'>,
  placeOf: (row: Row) => ListPlace,
): Listed<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const shown = rows.slice(0, limit)
  const next = last === undefined ? end : placeOf(last)
  const seen = offset + shown.length
  const counted = Math.min(count, COUNT_MAX)
  const others = more || count > COUNT_MAX
  return {
    count: others && shown.length > 0 ? Math.max(counted, seen) : counted,
    more: others,
    rows: shown,
    next: next ? writePlace({ ...next, offset: seen }) : null,
  }
}

/** Whether the offset says how many rows are before these: not behind the last row, nor at a place without one. */
export const isCounted = ({ offset, after }: ListPage, rows: readonly unknown[]): boolean =>
  after ? after.offset !== undefined : rows.length > 0 || offset === 0

/** The envelope of such a page, of rows as the wire has them. */
export const presentListed = <Item>(
  request: Request,
  publicUrl: string,
  page: ListPage,
  { rows, next, ...counted }: Listed<Item>,
) => presentPage(request, publicUrl, page, { ...counted, results: rows, after: next })
