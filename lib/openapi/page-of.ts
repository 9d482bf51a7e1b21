import { z } from 'zod'
import { COUNT_MAX } from '#lib/wire/list-page.ts'
import { LIMIT_DEFAULT, LIMIT_MAX } from '#lib/wire/page-query.ts'
import { type Named, named } from './operation.ts'

/** Query parameters of every list. Invalid values count as not given. */
const PAGE_QUERY = {
  limit: z.int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT).describe('Items on a page.'),
  offset: z.int().min(0).default(0).describe('Items to skip.'),
}

/** The query of a list: its own filters and the page. */
export const listQuery = (filters: z.ZodObject = z.object({})): z.ZodObject =>
  z.object({ ...filters.shape, ...PAGE_QUERY })

const COUNT = {
  count: z.int().describe('Number of items on all pages together.'),
  next: z.string().nullable().describe('URL of the next page; null on the last.'),
  previous: z.string().nullable().describe('URL of the previous page; null on the first.'),
}

/** The `meta` of a list. */
export const PAGE_META = z.object(COUNT)

/** The same of a list that can grow: `after` is where a page begins. */
export const placedQuery = (filters: z.ZodObject = z.object({})): z.ZodObject =>
  listQuery(filters).extend({
    after: z.string().optional().describe('Where the page begins; use the address in `next`.'),
  })

/** Of a page of such a list: `count` stops. */
const COUNTED = {
  more: z
    .literal(true)
    .optional()
    .describe(
      `There are others: \`count\` stops at ${COUNT_MAX.toLocaleString('en')}, or before where most do not match.`,
    ),
}
export const placedPageOf = (item: Named): Named => pageOf(item, COUNTED)

/** One page of a list, with links to its neighbours and what else its `meta` has. */
export const pageOf = (item: Named, more: z.ZodRawShape = {}): Named => ({
  ...named(
    `${item.name}Page`,
    z.object({ meta: z.object({ ...COUNT, ...more }), results: z.array(item.schema) }),
  ),
  item,
})
