import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { REQUIRED } from '#lib/wire/fields.ts'
import { findSample } from './find-sample.ts'
import { refuseMetadata } from './metadata.ts'
import { updateMetadata } from './samples-table.ts'

/** Replace the metadata of a sample by any JSON value. Returns it as `readMetadataText` reads it. Throws 400 for what is too large, too deep or cannot be stored. */
export async function setMetadata(
  services: Services,
  caller: Caller,
  sampleId: string,
  fields: Record<string, unknown>,
): Promise<string> {
  const sample = await findSample(services, caller, sampleId)
  const refusal = 'metadata' in fields ? refuseMetadata(fields.metadata) : REQUIRED
  if (refusal) throw new Problem('invalid', refusal, { fields: { metadata: [refusal] } })
  return services.db.transaction().execute(async (tx) => {
    // Deleted since it was looked up.
    const kept = await updateMetadata(tx, sample.id, fields.metadata)
    if (kept === undefined) throw new Problem('not_found', 'Not found.')
    await recordAudit(tx, {
      by: caller,
      action: 'sample.metadata_set',
      projectId: sample.project_id,
      targets: [sample.id],
    })
    return kept
  })
}
