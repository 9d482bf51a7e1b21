import { z } from 'zod'
import { LIMIT_DEFAULT, LIMIT_MAX } from '#lib/wire/page-query.ts'
import { type Named, named } from './operation.ts'

/** What every list takes. Values that make no sense count as not given. */
const PAGE_QUERY = {
  limit: z.int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT).describe('Items on a page.'),
  offset: z.int().min(0).default(0).describe('Items to pass over.'),
}

/** The query of a list: its own filters, and the page. */
export const listQuery = (filters: z.ZodObject = z.object({})): z.ZodObject =>
  z.object({ ...filters.shape, ...PAGE_QUERY })

/** One page of a list, with the addresses of its neighbours. */
export const pageOf = ({ name, schema }: Named): Named =>
  named(
    `${name}Page`,
    z.object({
      meta: z.object({
        count: z.int().describe('All items, on every page.'),
        next: z.string().nullable().describe('Address of the next page; null on the last.'),
        previous: z.string().nullable().describe('Address of the page before; null on the first.'),
      }),
      results: z.array(schema),
    }),
  )
