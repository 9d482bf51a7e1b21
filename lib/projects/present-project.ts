import type { Caller } from '#lib/access/caller.ts'
import { strongest } from '#lib/access/role.ts'
import type { Services } from '#lib/services.ts'
import { wireTime } from '#lib/wire/fields.ts'
import type { Project } from './project.ts'
import { selectOrganization } from './projects-table.ts'
import type { ProjectItem } from './wire.ts'
import { presentSettings } from './wire-settings.ts'

/** Projects as the API shows them to this caller; `sampleCounts` by project, none counts as 0. */
export async function presentProjects(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  projects: readonly Project[],
  sampleCounts: ReadonlyMap<string, { shown: number; hidden: number }>,
): Promise<ProjectItem[]> {
  const organization = await selectOrganization(db)
  return projects.map((project) => ({
    id: project.id,
    name: project.name,
    description: project.description,
    created: wireTime(project.created),
    modified: wireTime(project.modified),
    hidden: false,
    organization: organization.id,
    organization_name: organization.name,
    sample_count: sampleCounts.get(project.id)?.shown ?? 0,
    hidden_sample_count: sampleCounts.get(project.id)?.hidden ?? 0,
    pipeline_capabilities: project.pipelineCapabilities,
    project_modifications: [],
    roles: rolesFor(caller, project, organization.id),
    webhook_url: '',
    is_shared: false,
    locked: false,
    default_for_array_data: project.isArrayDefault,
    test: project.isTest,
    settings: presentSettings(project.settings),
  }))
}

function rolesFor(caller: Caller, project: Project, organizationId: string): ProjectItem['roles'] {
  const own = caller.projectRoles?.[project.id]
  const name = strongest(caller.role ? [caller.role] : [])
  return {
    organization: name ? { id: organizationId, name } : null,
    ...(own ? { project: { id: project.id, name: own } } : {}),
  }
}
