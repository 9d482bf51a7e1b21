import type { Caller } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { listNotificationsAbout } from '#lib/webhooks/find-notification.ts'
import { findSample } from './find-sample.ts'
import { type SampleStatusRow, selectStatuses } from './samples-table.ts'

/** One page of a sample's history, newest first. */
export async function listStatuses(
  services: Services,
  caller: Caller,
  sampleId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: SampleStatusRow[] }> {
  const sample = await findSample(services, caller, sampleId)
  return selectStatuses(services.db, sample.id, page)
}

/** One page of what webhooks were told of a sample, newest first. A sample that the caller may not see is 404. */
export async function listDeliveries(
  services: Services,
  caller: Caller,
  sampleId: string,
  page: { limit: number; offset: number },
): ReturnType<typeof listNotificationsAbout> {
  return listNotificationsAbout(services, (await findSample(services, caller, sampleId)).id, page)
}
