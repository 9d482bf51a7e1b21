import { type Caller, reachOf } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import type { Project } from './project.ts'
import type { ProjectFilter } from './project-filter.ts'
import { selectProjects } from './projects-table.ts'

/** One page of the projects that the caller may see, and how many the filter matches in all. */
export function listProjects(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  filter: ProjectFilter,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: Project[] }> {
  return selectProjects(db, reachOf(caller), filter, page)
}
