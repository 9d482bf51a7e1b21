import { type Caller, seesProject } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import type { Project } from './project.ts'
import { selectProject } from './projects-table.ts'

/** A project that the caller may see. What it may not see does not exist: the same 404. */
export async function findVisibleProject(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<Project> {
  const project = isUuid(id) && seesProject(caller, id) ? await selectProject(db, id) : undefined
  if (!project) throw new Problem('not_found', 'Not found.')
  return project
}
