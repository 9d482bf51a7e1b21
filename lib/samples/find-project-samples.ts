import type { Caller } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { SampleIds } from './sample-ids.ts'
import { type SampleRow, selectSamplesOf } from './samples-table.ts'

/**
 * The samples that a request names, all of one project that the caller may see. Throws 404 for another project, and 400
 * when an id is none of a sample of it: which of them exist elsewhere is not told.
 */
export async function findProjectSamples(
  services: Services,
  caller: Caller,
  { projectId, fields }: { projectId: string; fields: Record<string, unknown> },
): Promise<SampleRow[]> {
  const project = await findVisibleProject(services, caller, projectId)
  const { sample_ids: ids } = parseFields(SampleIds, fields)
  const samples = await selectSamplesOf(services.db, project.id, ids)
  const found = new Set(samples.map((sample) => sample.id))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return samples
  const message = `Invalid sample IDs: ${missing.join(', ')}.`
  throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
}
