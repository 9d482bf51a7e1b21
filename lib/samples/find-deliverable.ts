import type { Caller } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import type { Deliverable } from './deliverable.ts'
import { selectDeliverable, selectDeliverables } from './deliverables-table.ts'
import { findSample } from './find-sample.ts'

/** A deliverable of a sample that the caller may see; else the same 404 as for one that does not exist. */
export async function findDeliverable(services: Services, caller: Caller, id: string): Promise<Deliverable> {
  const deliverable = isUuid(id) ? await selectDeliverable(services.db, id) : undefined
  if (!deliverable) throw new Problem('not_found', 'Not found.')
  await findSample(services, caller, deliverable.sampleId)
  return deliverable
}

/** The deliverables of a sample; none until its run has ended well. */
export const listDeliverables = ({ db }: Pick<Services, 'db'>, sampleId: string): Promise<Deliverable[]> =>
  selectDeliverables(db, sampleId)
