import { z } from 'zod'
import { readQuery } from './read-query.ts'

export const LIMIT_DEFAULT = 25
export const LIMIT_MAX = 200
/** The largest offset of our own lists: such a page reads the rows of all those before it, a page behind a place does not. */
export const OFFSET_MAX = 10_000

const Page = z.object({
  limit: wholeNumber(1, LIMIT_DEFAULT).transform((limit) => Math.min(limit, LIMIT_MAX)),
  offset: wholeNumber(0, 0),
})

/**
 * Digits only: other texts that JavaScript reads as numbers (`1e3`, `0x10`, blanks) are invalid in a query. A number too
 * large to count to is the largest: an offset is then beyond every row, as it is in Django, and never the first page.
 */
function wholeNumber(min: number, otherwise: number) {
  return z
    .string()
    .regex(/^\d+$/)
    .transform((digits) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER))
    .pipe(z.int().min(min))
    .catch(otherwise)
}

/** `limit` and `offset` of a list, as in Django REST: an invalid value counts as not given, a `limit` over 200 as 200. */
export interface PageQuery {
  limit: number
  offset: number
}

const NO_FILTER = z.object({})

/** The page and the filters that the query of a list asks for. Throws 400 for whatever else is in it. */
export function readListQuery<Shape extends z.ZodRawShape = Record<never, never>>(
  request: Pick<Request, 'url'>,
  filters?: z.ZodObject<Shape>,
): { page: PageQuery; filter: z.output<z.ZodObject<Shape>> } {
  const both = z.object({ ...Page.shape, ...(filters ?? NO_FILTER).shape })
  const { limit, offset, ...filter } = readQuery(request, both)
  return { page: { limit, offset }, filter: filter as z.output<z.ZodObject<Shape>> }
}

/**
 * The envelope of every list: `next` and `previous` are absolute URLs that carry `offset`. A list that knows the place
 * where its next page begins says so in `after`, and `next` carries both; null at the end. A page behind a place has no
 * `previous` beyond OFFSET_MAX. `more`: there are others than those that were counted.
 */
export function presentPage<Item>(
  request: Request,
  publicUrl: string,
  { limit, offset, after: place }: PageQuery & { after?: unknown },
  { count, results, after, more }: { count: number; results: Item[]; after?: string | null; more?: boolean },
) {
  const at = (offset: number, after?: string) => {
    const url = new URL(request.url)
    url.searchParams.delete('after')
    url.searchParams.delete('offset')
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('offset', String(offset))
    if (after !== undefined) url.searchParams.set('after', after)
    return `${publicUrl}${url.pathname}${url.search}`
  }
  const byOffset = () => (offset + limit < count ? at(offset + limit) : null)
  const before = Math.max(0, offset - limit)
  return {
    meta: {
      count,
      next: after === undefined ? byOffset() : after && at(offset + results.length, after),
      previous: offset > 0 && !(place && before > OFFSET_MAX) ? at(before) : null,
      ...(more ? { more: true } : {}),
    },
    results,
  }
}

/** The page of a list that is here whole. */
export const presentPageOf = <Item>(
  request: Request,
  publicUrl: string,
  page: PageQuery,
  all: readonly Item[],
) =>
  presentPage(request, publicUrl, page, {
    count: all.length,
    results: all.slice(page.offset, page.offset + page.limit),
  })
