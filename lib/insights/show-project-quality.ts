import type { Caller } from '#lib/access/caller.ts'
import { listSamePersons } from '#lib/analysis/likeness/list-same-persons.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { type ProjectQuality, presentProjectQuality } from './project-quality.ts'
import { selectQualityPoints } from './quality-points-table.ts'

/** Samples that are read, the latest first: each has to be unpacked. */
export const QUALITY_SAMPLES_MAX = 5_000

/** The quality of a project's latest samples side by side. A project out of sight is 404. */
export async function showProjectQuality(
  services: Pick<Services, 'db'>,
  caller: Caller,
  projectId: string,
): Promise<ProjectQuality> {
  const project = await findVisibleProject(services, caller, projectId)
  const points = await selectQualityPoints(services.db, project.id, QUALITY_SAMPLES_MAX + 1)
  const pairs = project.settings.findSamePerson ? await listSamePersons(services, project.id) : []
  return presentProjectQuality(points, project.settings, QUALITY_SAMPLES_MAX, pairs)
}
