import { Problem, parseFields } from '#lib/problem.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import { type Caller, reachOf } from './caller.ts'
import { createProject } from './create-project.ts'
import type { Project } from './project.ts'
import { NewProjectRequest } from './wire.ts'

/** Create a project for a caller. Throws 400 for its fields, and 403 for one who does not reach every project. */
export function foundProject(
  services: Pick<Services, 'db'>,
  caller: Caller,
  fields: Record<string, unknown>,
  db: Database | Tx = services.db,
): Promise<Project> {
  if (reachOf(caller) !== null) {
    throw new Problem('permission_denied', 'You do not have permission to perform this action.')
  }
  const { pipeline_capabilities: pipelineCapabilities, ...project } = parseFields(NewProjectRequest, fields)
  return createProject({ db }, { ...project, pipelineCapabilities })
}
