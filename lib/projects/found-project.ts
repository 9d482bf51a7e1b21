import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { createProject } from './create-project.ts'
import type { Project } from './project.ts'
import { NewProjectRequest } from './wire.ts'

/** Create a project for a caller. Throws 400 for its fields, and 403 for one who does not reach every project. */
export function foundProject(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<Project> {
  if (reachOf(demandRight(caller, 'project_write')) !== null) {
    throw new Problem('permission_denied', 'You do not have permission to perform this action.')
  }
  const { pipeline_capabilities: pipelineCapabilities, ...project } = parseFields(NewProjectRequest, fields)
  return createProject({ db }, { ...project, pipelineCapabilities }, caller)
}
