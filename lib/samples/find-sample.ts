import { type Caller, seesProject } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { referenceOf } from './reference.ts'
import { SampleIds } from './sample-ids.ts'
import { type SampleRow, selectMetadataText, selectSample, selectSamplesOf } from './samples-table.ts'

/** A sample that the caller may see. Throws the same 404 for one it may not see and one that does not exist. */
export async function findSample({ db }: Services, caller: Caller, id: string): Promise<SampleRow> {
  const sample = isUuid(id) ? await selectSample(db, id) : undefined
  if (!sample || !seesProject(caller, sample.project_id)) throw new Problem('not_found', 'Not found.')
  return sample
}

/** The metadata of a sample that the caller may see, as JSON text with every digit; `null` where there is none. */
export async function readMetadataText(services: Services, caller: Caller, id: string): Promise<string> {
  const sample = await findSample(services, caller, id)
  return (await selectMetadataText(services.db, sample.id)) ?? 'null'
}

/** The project a sample belongs to, and what its partner calls it. For our own jobs: rights are not checked. */
export async function findSampleFacts(
  { db }: Pick<Services, 'db'>,
  sampleId: string,
): Promise<{ projectId: string; reference: string | null }> {
  const sample = await selectSample(db, sampleId)
  if (!sample) throw new Problem('not_found', 'The sample has been deleted.')
  const { id, client_id: clientId, metadata } = sample
  return { projectId: sample.project_id, reference: referenceOf({ id, clientId, metadata }) }
}

/** Id of the project a sample belongs to. For our own jobs: rights are not checked. */
export const findSampleProject = async (services: Pick<Services, 'db'>, sampleId: string): Promise<string> =>
  (await findSampleFacts(services, sampleId)).projectId

/**
 * The samples that a request names, all of one project that the caller may see. Throws 404 for another project, and 400
 * when an id is not a sample of this project, without saying which exist elsewhere.
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
  const message = `Invalid sample IDs: ${missing.join(', ')}`
  throw new Problem('invalid', message, { fields: { sample_ids: [message] } })
}
