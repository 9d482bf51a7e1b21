import type { Caller } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findNotification } from './find-notification.ts'
import { ATTEMPTS_MAX } from './limits.ts'
import type { Notification } from './notification.ts'
import { requeueNotifications } from './notifications-table.ts'

/** Deliver a notification again, whatever became of it, under its old `webhook-id`. Throws 409 while it is under way. */
export async function resendNotification(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<Notification> {
  const { subscriptionId } = await findNotification(services, caller, id)
  const bounds = { limit: 1, attemptsMax: ATTEMPTS_MAX }
  const queued = await requeueNotifications(services.db, subscriptionId, { id }, bounds)
  if (queued === 0) throw new Problem('conflict', 'The notification is being delivered right now.')
  return findNotification(services, caller, id)
}
