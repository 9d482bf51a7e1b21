import type { Caller } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { findSubscription } from './find-subscription.ts'
import { ATTEMPTS_SHOWN_MAX } from './limits.ts'
import type { DeliveryAttempt, Notification, NotificationState } from './notification.ts'
import {
  type SampleNotification,
  selectAttempts,
  selectNotification,
  selectNotifications,
  selectNotificationsAbout,
} from './notifications-table.ts'

/** A notification of a subscription that the caller may see, or 404. */
export async function findNotification(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<Notification> {
  const notification = isUuid(id) ? await selectNotification(services.db, id) : undefined
  if (!notification) throw new Problem('not_found', 'Not found.')
  await findSubscription(services, caller, notification.subscriptionId)
  return notification
}

/** One page of the attempts to deliver a notification that was found for the caller, the latest first. */
export const listAttempts = (
  { db }: Pick<Services, 'db'>,
  { id }: Pick<Notification, 'id'>,
  page: { limit: number; offset: number } = { limit: ATTEMPTS_SHOWN_MAX, offset: 0 },
): Promise<{ count: number; rows: DeliveryAttempt[] }> => selectAttempts(db, id, page)

const SORT = 'created desc'

/**
 * One page of a subscription's log, newest first; of one state, where that is asked for. Throws 400 for a place of
 * another list.
 */
export async function listNotifications(
  services: Pick<Services, 'db'>,
  caller: Caller,
  subscriptionId: string,
  page: ListPage & { state: NotificationState | undefined },
): Promise<Listed<Notification>> {
  const subscription = await findSubscription(services, caller, subscriptionId)
  demandPlaceOf(page, SORT, (value) => /^\d{1,16}\.\d{1,15}$/.test(value))
  const found = await selectNotifications(services.db, subscription.id, page)
  return endPage(found, page, ({ place, id }) => ({ sort: SORT, value: place, id }))
}

/** One page of the deliveries about a sample, newest first. The route checks that the caller may see the sample. */
export const listNotificationsAbout = (
  { db }: Pick<Services, 'db'>,
  sampleId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: SampleNotification[] }> => selectNotificationsAbout(db, sampleId, page)
