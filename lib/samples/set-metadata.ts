import { Problem } from '#lib/problem.ts'
import type { Caller } from '#lib/projects/caller.ts'
import type { Services } from '#lib/services.ts'
import { findSample } from './find-sample.ts'
import { refuseMetadata } from './metadata.ts'
import { updateMetadata } from './samples-table.ts'

/** Replace the metadata of a sample by any JSON value. Throws 400 for what is too large, too deep or cannot be stored. */
export async function setMetadata(
  services: Services,
  caller: Caller,
  sampleId: string,
  fields: Record<string, unknown>,
): Promise<unknown> {
  const sample = await findSample(services, caller, sampleId)
  const refusal = 'metadata' in fields ? refuseMetadata(fields.metadata) : 'This field is required.'
  if (refusal) throw new Problem('invalid', refusal, { fields: { metadata: [refusal] } })
  await updateMetadata(services.db, sample.id, fields.metadata)
  return fields.metadata
}
