import { z } from 'zod'
import { type Caller, demandRight } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { demandCapability } from './demand-capability.ts'
import { findVisibleProject } from './find-project.ts'
import type { Project } from './project.ts'
import { updateProject } from './projects-table.ts'
import { PROJECT_CONSTANTS, PROJECT_NEVER_SET, ProjectChange } from './wire.ts'

/** Refuses the other value of `test`: what was kept for good must not be deleted after a day, nor the reverse. */
const Change = ProjectChange.extend({
  test: z
    .undefined({
      error: 'A project is a test project from its creation on, or never. Create another project.',
    })
    .optional(),
})

/**
 * Change the given fields of a project, settings one by one. Throws 400 for fields, `test` among them, and 404 for an
 * unseen project.
 */
export async function changeProject(
  services: Pick<Services, 'db' | 'capabilities'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<Project> {
  const project = await findVisibleProject(services, demandRight(caller, 'project_write'), id)
  const { settings, pipeline_capabilities, ...change } = parseFields(
    Change,
    withoutEchoes(fields, PROJECT_NEVER_SET, {
      ...PROJECT_CONSTANTS,
      default_for_array_data: project.isArrayDefault,
      test: project.isTest,
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
    // Deleted since it was looked up.
    if (!changed) throw new Problem('not_found', 'Not found.')
    await recordAudit(tx, {
      by: caller,
      action: 'project.update',
      projectId: project.id,
      targets: [project.id],
    })
    return changed
  })
}
