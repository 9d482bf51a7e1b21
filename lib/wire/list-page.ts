import { z } from 'zod'
import { Problem } from '#lib/problem.ts'
import { type PageQuery, presentPage, readListQuery } from './page-query.ts'
import { type ListPlace, QueryPlace, writePlace } from './query-place.ts'

/** How far rows of a list that can grow are counted; above that, `more` says so. */
export const COUNT_MAX = 10_000
/** The largest offset of our own lists: such a page reads the rows of all those before it, a page behind a place does not. */
export const OFFSET_MAX = 10_000

/** A page of a list that can grow: behind a place, which costs the same anywhere in the list, or at an offset. */
export interface ListPage extends PageQuery {
  after?: ListPlace | undefined
}

/** What a list returns: rows in order, and the place where the next page begins; null at the end. */
export interface Listed<Row> {
  count: number
  /** `count` stops at COUNT_MAX, and there are others. */
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
  return { page: { ...page, after }, filter: filter as z.output<z.ZodObject<Shape>> }
}

/** Throws 400 for a place that belongs to another list or order, and for an offset beside it: it is one or the other. */
export function demandPlaceOf(
  { after, offset }: Pick<ListPage, 'after' | 'offset'>,
  sort: string,
  isValue: (value: string) => boolean,
): void {
  if (!after) return
  if (offset > 0) refuse('offset', 'Give either "after" or "offset".')
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

/** The page, of one row more than it has, and of rows that were counted to COUNT_MAX + 1. */
export function endPage<Row>(
  { count, rows }: { count: number; rows: readonly Row[] },
  { limit }: Pick<ListPage, 'limit'>,
  placeOf: (row: Row) => ListPlace,
): Listed<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    count: Math.min(count, COUNT_MAX),
    more: count > COUNT_MAX,
    rows: rows.slice(0, limit),
    next: last === undefined ? null : writePlace(placeOf(last)),
  }
}

/** The envelope of such a page, of rows as the wire has them. */
export const presentListed = <Item>(
  request: Request,
  publicUrl: string,
  page: ListPage,
  { rows, next, ...counted }: Listed<Item>,
) => presentPage(request, publicUrl, page, { ...counted, results: rows, after: next })
