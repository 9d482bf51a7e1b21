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

/** One page of the webhook deliveries about a sample, newest first. Throws 404 for a sample the caller may not see. */
export async function listDeliveries(
  services: Services,
  caller: Caller,
  sampleId: string,
  page: { limit: number; offset: number },
): ReturnType<typeof listNotificationsAbout> {
  return listNotificationsAbout(services, (await findSample(services, caller, sampleId)).id, page)
}
