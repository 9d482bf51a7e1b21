import { type Actor, SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { parseFields } from '#lib/problem.ts'
import type { Database, Tx } from '#lib/services.ts'
import { ARRAY_DATA } from './pipeline-capability.ts'
import { type Project, ProjectSettings } from './project.ts'
import { insertProject } from './projects-table.ts'

/** Create a project. The first one becomes the default for array data. Throws 400 for settings that are not valid. */
export async function createProject(
  { db }: { db: Database | Tx },
  {
    name,
    description = '',
    pipelineCapabilities = ARRAY_DATA.id,
    settings = {},
  }: {
    name: string
    description?: string
    pipelineCapabilities?: string
    settings?: Partial<ProjectSettings>
  },
  by: Actor = SYSTEM,
): Promise<Project> {
  const fields = { name, description, pipelineCapabilities, settings: parseFields(ProjectSettings, settings) }
  const create = async (tx: Database | Tx) => {
    const project = await insertProject(tx, fields)
    await recordAudit(tx, { by, action: 'project.create', projectId: project.id, targets: [project.id] })
    return project
  }
  return db.isTransaction ? create(db) : db.transaction().execute(create)
}
