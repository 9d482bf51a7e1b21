import { z } from 'zod'
import { readQuery } from './read-query.ts'

export const LIMIT_DEFAULT = 25
export const LIMIT_MAX = 200

const Page = z.object({
  limit: wholeNumber(1, LIMIT_DEFAULT).transform((limit) => Math.min(limit, LIMIT_MAX)),
  offset: wholeNumber(0, 0),
})

/** Digits only: other texts that JavaScript reads as numbers (`1e3`, `0x10`, blanks) are invalid in a query. */
function wholeNumber(min: number, otherwise: number) {
  return z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(min)).catch(otherwise)
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

/** The envelope of every list: `next` and `previous` are absolute URLs that carry `offset`. */
export function presentPage<Item>(
  request: Request,
  publicUrl: string,
  { limit, offset }: { limit: number; offset: number },
  { count, results }: { count: number; results: Item[] },
) {
  const at = (to: number) => {
    const url = new URL(request.url)
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('offset', String(to))
    return `${publicUrl}${url.pathname}${url.search}`
  }
  return {
    meta: {
      count,
      next: offset + limit < count ? at(offset + limit) : null,
      previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    },
    results,
  }
}
