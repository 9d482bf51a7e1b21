import { type Caller, reachOf } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import { findUploadProject } from '#lib/projects/find-project.ts'
import type { Project } from '#lib/projects/project.ts'
import type { Services } from '#lib/services.ts'

const WHICH = 'This field is required: you upload for several projects.'

/**
 * The project of a new upload: the one named, or the only one the caller may upload to; null means the whole
 * organisation, for callers bound to no project. Throws 400 on `project_id`.
 */
export async function chooseUploadProject(
  services: Services,
  caller: Caller,
  projectId: string | null,
): Promise<Project | null> {
  const reach = reachOf(caller)
  const wanted = projectId ?? (reach?.length === 1 ? reach[0]! : null)
  if (wanted !== null) return findUploadProject(services, caller, wanted)
  if (reach === null) return null
  throw new Problem('invalid', WHICH, { fields: { project_id: [WHICH] } })
}
