import { z } from 'zod'
import { parseFields } from '#lib/problem.ts'

const LIMIT_DEFAULT = 25
const LIMIT_MAX = 200

const Page = z.object({
  limit: z.coerce
    .number({ error: 'A valid integer is required.' })
    .int()
    .min(1)
    .max(LIMIT_MAX)
    .catch(LIMIT_DEFAULT)
    .default(LIMIT_DEFAULT),
  offset: z.coerce.number().int().min(0).catch(0).default(0),
})

/** `limit` and `offset` of a list; what makes no sense counts as not given, as in Django REST. */
export function pageQuery(request: Request): { limit: number; offset: number } {
  return parseFields(Page, Object.fromEntries(new URL(request.url).searchParams))
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
