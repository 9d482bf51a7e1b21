import { type Caller, demandRightEverywhere } from '#lib/access/caller.ts'
import { type Actor, SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { parseFields } from '#lib/problem.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { demandCapability } from './demand-capability.ts'
import { ARRAY_DATA } from './pipeline-capability.ts'
import { type Project, ProjectSettings } from './project.ts'
import { insertProject, lockProjects, selectArrayDefault, selectProjectByName } from './projects-table.ts'
import { NewProjectRequest, PROJECT_CONSTANTS, PROJECT_NEVER_SET } from './wire.ts'

/** Create a project. The first one that is not for tests becomes the default for array data. Throws 400 for settings that are not valid. */
export async function createProject(
  { db }: { db: Database | Tx },
  {
    name,
    description = '',
    test = false,
    pipelineCapabilities = ARRAY_DATA.id,
    settings = {},
  }: {
    name: string
    description?: string
    test?: boolean
    pipelineCapabilities?: string
    settings?: Partial<ProjectSettings>
  },
  by: Actor = SYSTEM,
): Promise<Project> {
  const fields = {
    name,
    description,
    isTest: test,
    pipelineCapabilities,
    settings: parseFields(ProjectSettings, settings),
  }
  const create = async (tx: Database | Tx) => {
    const project = await insertProject(tx, fields)
    await recordAudit(tx, { by, action: 'project.create', projectId: project.id, targets: [project.id] })
    return project
  }
  return db.isTransaction ? create(db) : db.transaction().execute(create)
}

/** Create a project for a caller. Throws 400 for its fields, and 403 unless the caller reaches every project. */
export async function createProjectFor(
  services: Pick<Services, 'db' | 'capabilities'>,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<Project> {
  demandRightEverywhere(caller, 'project_write')
  const { pipeline_capabilities: pipelineCapabilities, ...project } = parseFields(
    NewProjectRequest,
    withoutEchoes(fields, PROJECT_NEVER_SET, { ...PROJECT_CONSTANTS, default_for_array_data: false }),
  )
  demandCapability(services, pipelineCapabilities)
  return createProject(services, { ...project, pipelineCapabilities }, caller)
}

/**
 * The project for trying things out. A new installation gets one called `demo`, created once under a lock; where an
 * operator created others instead, this is the default for array data, and `demo` only if there is no default.
 */
export function ensureDemoProject({ db }: Pick<Services, 'db'>): Promise<Project> {
  return db.transaction().execute(async (tx) => {
    await lockProjects(tx)
    return (
      (await selectProjectByName(tx, 'demo')) ??
      (await selectArrayDefault(tx)) ??
      (await createProject({ db: tx }, { name: 'demo' }))
    )
  })
}
