import type { Caller } from '#lib/access/caller.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import type { SampleFilter } from './sample-filter.ts'
import { type SampleCounts, type SamplePage, selectSampleCounts, selectSamples } from './samples-table.ts'

/**
 * One page of a project's samples, and how many the filter matches in all: above 10,000 an estimate. A project the
 * caller may not see is 404.
 */
export async function listSamples(
  services: Services,
  caller: Caller,
  projectId: string,
  filter: SampleFilter,
  page: { limit: number; offset: number },
): Promise<SamplePage> {
  const project = await findVisibleProject(services, caller, projectId)
  return selectSamples(services.db, project.id, filter, page)
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
