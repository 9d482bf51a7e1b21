import { type Caller, seesProject } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import type { Project } from './project.ts'
import { selectArrayDefault, selectProject, selectProjectByName } from './projects-table.ts'

const UNSEEN = 'Project does not exist or you do not have privileges to access it.'

/**
 * The project that new array data goes to: the one named, else the key's own, else the installation's default.
 * What the key may not see answers like what does not exist; without any project the field says so.
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
