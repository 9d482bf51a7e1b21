import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { lockUploads, updateDeleted } from './fastq-uploads-table.ts'
import { DeleteRequest } from './wire.ts'

/**
 * Forget FASTQ uploads that no sample was made of, all of them or none; the ids. Deleting twice is deleting once. Throws
 * 400 for those that the caller does not see, and for those that belong to a sample, which are deleted with it.
 */
export async function deleteUploads(
  services: Services,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<string[]> {
  const reach = reachOf(demandRight(caller, 'upload_create'))
  const { upload_ids: ids } = parseFields(DeleteRequest, fields)
  await services.db.transaction().execute(async (tx) => {
    const found = await lockUploads(tx, reach, ids)
    const known = new Set(found.map(({ id }) => id))
    refuse(
      'Invalid upload IDs',
      ids.filter((id) => !known.has(id)),
    )
    refuse(
      'Uploads that are assigned to a sample are deleted with it',
      found.filter(({ sampleId }) => sampleId !== null).map(({ id }) => id),
    )
    const there = found.filter(({ deleted }) => !deleted)
    if (there.length === 0) return
    await updateDeleted(tx, ids)
    for (const projectId of new Set(there.map((upload) => upload.projectId))) {
      const targets = there.filter((upload) => upload.projectId === projectId).map(({ id }) => id)
      await recordAudit(tx, { by: caller, action: 'fastq.delete', projectId, targets })
    }
  })
  return ids
}

function refuse(words: string, ids: string[]): void {
  if (ids.length === 0) return
  const message = `${words}: ${ids.join(', ')}.`
  throw new Problem('invalid', message, { fields: { upload_ids: [message] } })
}
