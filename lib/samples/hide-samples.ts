import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import type { Services } from '#lib/services.ts'
import { findProjectSamples } from './find-sample.ts'
import { updateHidden } from './samples-table.ts'

/**
 * Hide samples of a project from lists, or show them again; all of them or none. Nothing else changes: they can be read
 * by id, and their links work. Throws 404 for a project that the caller does not see, and 400 for an id that is not a
 * sample of it.
 */
export async function hideSamples(
  services: Services,
  caller: Caller,
  { projectId, fields, hidden }: { projectId: string; fields: Record<string, unknown>; hidden: boolean },
): Promise<void> {
  const samples = await findProjectSamples(services, caller, { projectId, fields })
  const ids = samples.map(({ id }) => id)
  await services.db.transaction().execute(async (tx) => {
    await updateHidden(tx, ids, hidden)
    await recordAudit(tx, {
      by: caller,
      action: hidden ? 'sample.hide' : 'sample.show',
      projectId: samples[0]!.project_id,
      targets: ids,
    })
  })
}
