import { parseFields } from '#lib/problem.ts'
import type { Database, Tx } from '#lib/services.ts'
import { ARRAY_DATA } from './pipeline-capability.ts'
import { type Project, ProjectSettings } from './project.ts'
import { insertProject } from './projects-table.ts'

/** Create a project. The first one becomes the default for array data. Throws 400 for settings that are not valid. */
export function createProject(
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
): Promise<Project> {
  return insertProject(db, {
    name,
    description,
    pipelineCapabilities,
    settings: parseFields(ProjectSettings, settings),
  })
}
