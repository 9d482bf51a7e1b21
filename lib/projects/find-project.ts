import { type Caller, reachOf, seesProject } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import type { Project } from './project.ts'
import {
  selectArrayDefault,
  selectOrganization,
  selectProject,
  selectProjectByName,
  selectProjects,
  selectTestProjects,
} from './projects-table.ts'
import type { ProjectFilter } from './wire.ts'

const UNSEEN = 'Project does not exist or you do not have privileges to access it.'

/**
 * The project that new array data goes to: the one named, else the key's own, else the installation's default.
 * A project that the key may not see is refused like one that does not exist; without any project the field says so.
 */
export async function findUploadProject(
  { db }: Services,
  caller: Caller,
  projectId: string | null,
): Promise<Project> {
  const refuse = (message: string) => new Problem('invalid', message, { fields: { project_id: [message] } })
  const wanted = projectId ?? caller.projectId
  if (wanted === null) {
    const project = await selectArrayDefault(db)
    if (project && !seesProject(caller, project.id)) throw refuse(UNSEEN)
    if (!project) throw refuse('This field is required: no project is marked as the default for array data.')
    return project
  }
  if (!seesProject(caller, wanted)) throw refuse(UNSEEN)
  const project = await selectProject(db, wanted)
  if (!project) throw refuse(UNSEEN)
  return project
}

/** The ids of all test projects. */
export const listTestProjects = ({ db }: Pick<Services, 'db'>): Promise<string[]> => selectTestProjects(db)

/** A project by its id; undefined when there is none. */
export const findProjectById = ({ db }: Pick<Services, 'db'>, id: string): Promise<Project | undefined> =>
  selectProject(db, id)

/** A project by id or by name, for the administrator's commands; throws when there is none. */
export async function findProject({ db }: Pick<Services, 'db'>, idOrName: string): Promise<Project> {
  const project = isUuid(idOrName)
    ? await selectProject(db, idOrName)
    : await selectProjectByName(db, idOrName)
  if (!project) throw new Problem('not_found', `There is no project ${JSON.stringify(idOrName)}.`)
  return project
}

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

const IS_VALUE: Record<ProjectFilter['sort_by'], (value: string) => boolean> = {
  created: isMicroseconds,
  modified: isMicroseconds,
  name: () => true,
  pipeline_capabilities: isUuid,
}

/** One page of the projects that the caller may see. Throws 400 for a place of another list or order. */
export async function listProjects(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  filter: ProjectFilter,
  page: ListPage,
): Promise<Listed<Project>> {
  const sort = `${filter.sort_by} ${filter.sort_order}`
  demandPlaceOf(page, sort, IS_VALUE[filter.sort_by])
  const found = await selectProjects(db, reachOf(caller), filter, page)
  return endPage(found, page, ({ place, id }) => ({ sort, value: place, id }))
}

/** This installation, as one organisation. */
export function findOrganization({ db }: Pick<Services, 'db'>): Promise<{ id: string; name: string }> {
  return selectOrganization(db)
}
