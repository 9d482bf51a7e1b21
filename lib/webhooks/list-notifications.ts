import type { Caller } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { findSubscription } from './find-subscription.ts'
import type { Notification, NotificationState } from './notification.ts'
import { selectNotifications } from './notifications-table.ts'

/** One page of a subscription's log, newest first; of one state, where that is asked for. */
export async function listNotifications(
  services: Pick<Services, 'db'>,
  caller: Caller,
  subscriptionId: string,
  page: { state: NotificationState | undefined; limit: number; offset: number },
): Promise<{ count: number; rows: Notification[] }> {
  const subscription = await findSubscription(services, caller, subscriptionId)
  return selectNotifications(services.db, subscription.id, page)
}
