import { type Caller, demandRight } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { demandCapability } from './demand-capability.ts'
import { findVisibleProject } from './find-project.ts'
import type { Project } from './project.ts'
import { updateProject } from './projects-table.ts'
import { PROJECT_CONSTANTS, PROJECT_NEVER_SET, ProjectChange } from './wire.ts'

/** Change the given fields of a project, settings one by one. Throws 400 for fields, 404 for an unseen project. */
export async function changeProject(
  services: Pick<Services, 'db' | 'capabilities'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<Project> {
  const project = await findVisibleProject(services, demandRight(caller, 'project_write'), id)
  const { settings, pipeline_capabilities, ...change } = parseFields(
    ProjectChange,
    withoutEchoes(fields, PROJECT_NEVER_SET, {
      ...PROJECT_CONSTANTS,
      default_for_array_data: project.isArrayDefault,
    }),
  )
  demandCapability(services, pipeline_capabilities, project.pipelineCapabilities)
  // Merged by the database, so that simultaneous changes of different settings both take effect.
  return services.db.transaction().execute(async (tx) => {
    const changed = await updateProject(tx, project.id, {
      ...change,
      pipelineCapabilities: pipeline_capabilities,
      settings,
    })
    await recordAudit(tx, {
      by: caller,
      action: 'project.update',
      projectId: project.id,
      targets: [project.id],
    })
    return changed
  })
}
