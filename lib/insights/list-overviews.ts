import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import type { OverviewFilter } from './overview-filter.ts'
import { type Overview, selectOverviews } from './overviews-table.ts'

/** How far samples are counted: with more, people narrow the search instead of paging. */
export const COUNT_MAX = 1_000
/** The largest offset: every page reads the rows of those before it. */
const OFFSET_MAX = 10_000

/**
 * One page of the samples of every project that the caller sees, or of the one that the filter names. `count` stops at
 * COUNT_MAX, where `more` says that there are others, and no page begins beyond OFFSET_MAX. A project out of sight has none.
 */
export async function listOverviews(
  services: Pick<Services, 'db'>,
  caller: Caller,
  filter: OverviewFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; more: boolean; rows: Overview[] }> {
  const scope = projectsInScope(demandRight(caller, 'sample_read'), filter.project)
  const page = { limit, offset: Math.min(offset, OFFSET_MAX), countMax: COUNT_MAX + 1 }
  const { count, rows } = await selectOverviews(services.db, scope, filter, page)
  return { count: Math.min(count, COUNT_MAX), more: count > COUNT_MAX, rows }
}
