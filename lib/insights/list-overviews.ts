import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { COUNT_MAX, demandPlaceOf, demandReachable, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds, writePlace } from '#lib/wire/query-place.ts'
import type { OverviewFilter } from './overview-filter.ts'
import { type ListedOverview, selectOverviews } from './overviews-table.ts'

/**
 * One page of the samples of every project that the caller sees, or of the one that the filter names, and the place
 * where the next page begins. `count` is of COUNT_MAX, of fewer where most do not match, or of the rows up to here if those
 * are more: then `more` says that there may be others. Throws 400 for an
 * offset beyond OFFSET_MAX, and for a place in another order. A project out of sight has no samples.
 */
export async function listOverviews(
  services: Pick<Services, 'db'>,
  caller: Caller,
  filter: OverviewFilter,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; more: boolean; rows: ListedOverview[]; next: string | null }> {
  const scope = projectsInScope(demandRight(caller, 'sample_read'), filter.project)
  const { sort_by, sort_order } = filter
  demandReachable({ limit, offset, after })
  demandPlaceOf({ after }, `${sort_by} ${sort_order}`, (value) => isValueOf(sort_by, value))
  const page = { limit, offset, after }
  const found = await selectOverviews(services.db, scope, filter, page, COUNT_MAX + 1)
  const { rows, next } = found
  const seen = offset + rows.length
  const more = found.count > COUNT_MAX || !found.all
  const counted = Math.min(found.count, COUNT_MAX)
  return {
    count: more && rows.length > 0 ? Math.max(counted, seen) : counted,
    more,
    rows,
    next: next ? writePlace({ sort: `${sort_by} ${sort_order}`, ...next, offset: seen }) : null,
  }
}

const isValueOf = (column: OverviewFilter['sort_by'], value: string): boolean =>
  column === 'client_id' || isMicroseconds(value)
