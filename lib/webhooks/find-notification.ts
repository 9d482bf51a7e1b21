import type { Caller } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import { findSubscription } from './find-subscription.ts'
import type { Notification } from './notification.ts'
import { selectNotification } from './notifications-table.ts'

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
