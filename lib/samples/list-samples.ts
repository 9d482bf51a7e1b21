import type { Caller } from '#lib/access/caller.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { demandPlaceOf, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds, writePlace } from '#lib/wire/query-place.ts'
import type { SampleFilter } from './sample-filter.ts'
import { type SampleCounts, type SampleRow, selectSampleCounts, selectSamples } from './samples-table.ts'

export interface ListedSamples {
  count: number
  /** The count is not exact. */
  estimated: boolean
  rows: SampleRow[]
  /** The place where the next page begins; null at the end. */
  next: string | null
}

/**
 * One page of a project's samples, and how many the filter matches in all: above 10,000 an estimate. A project the
 * caller may not see is 404; a place of another list or order is 400.
 */
export async function listSamples(
  services: Services,
  caller: Caller,
  projectId: string,
  filter: SampleFilter,
  page: ListPage,
): Promise<ListedSamples> {
  const project = await findVisibleProject(services, caller, projectId)
  const { sort_by, sort_order } = filter
  const sort = `of a project, ${sort_by} ${sort_order}`
  demandPlaceOf(page, sort, (value) => isValueOf(sort_by, value))
  const { next: place, ...found } = await selectSamples(services.db, project.id, filter, page)
  const next = place ? writePlace({ sort, ...place, offset: page.offset + found.rows.length }) : null
  return { ...found, next }
}

function isValueOf(column: SampleFilter['sort_by'], value: string): boolean {
  if (column === 'status') return /^[a-z ]+\|\d{1,16}$/.test(value)
  return column === 'client_id' || column === 'id' || isMicroseconds(value)
}

/** How many samples these projects have, by project; a project without any is missing. */
export async function countSamples(
  { db }: Pick<Services, 'db'>,
  projects: readonly { id: string }[],
): Promise<Map<string, SampleCounts>> {
  if (projects.length === 0) return new Map()
  return selectSampleCounts(
    db,
    projects.map(({ id }) => id),
  )
}
