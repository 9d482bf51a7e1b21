import { type Caller, demandRight, projectsInScope } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { demandPlaceOf, demandReachable, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds, writePlace } from '#lib/wire/query-place.ts'
import type { OverviewFilter } from './overview-filter.ts'
import { type ListedOverview, selectOverviews } from './overviews-table.ts'

/** How far samples are counted: with more, people narrow the search instead of paging. */
export const COUNT_MAX = 1_000

/**
 * One page of the samples of every project that the caller sees, or of the one that the filter names, and the place
 * where the next page begins. `count` stops at COUNT_MAX, where `more` says that there are others. Throws 400 for an
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
  const { count, all, rows, end } = await selectOverviews(services.db, scope, filter, page, COUNT_MAX + 1)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const place = last ? { value: last.place, id: last.id } : end
  return {
    count: Math.min(count, COUNT_MAX),
    more: count > COUNT_MAX || !all,
    rows: shown,
    next: place
      ? writePlace({ sort: `${sort_by} ${sort_order}`, ...place, offset: offset + shown.length })
      : null,
  }
}

const isValueOf = (column: OverviewFilter['sort_by'], value: string): boolean =>
  column === 'client_id' || isMicroseconds(value)
