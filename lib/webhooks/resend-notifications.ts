import type { Caller } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findNotification } from './find-notification.ts'
import { findSubscription } from './find-subscription.ts'
import { ATTEMPTS_MAX, RESEND_MAX } from './limits.ts'
import type { Notification } from './notification.ts'
import { requeueNotifications } from './notifications-table.ts'
import { ResendRequest } from './wire.ts'

/** Deliver a notification again under its old `webhook-id`, whatever its outcome. Throws 409 while it is under way. */
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

/**
 * Deliver the events between two times again, oldest first: all of them, or those in one state; at most 10,000.
 * Returns how many were queued. Throws 400 for a start after the end.
 */
export async function resendRange(
  services: Pick<Services, 'db'>,
  caller: Caller,
  subscriptionId: string,
  fields: Record<string, unknown>,
): Promise<number> {
  const subscription = await findSubscription(services, caller, subscriptionId)
  const { from, to, status } = parseFields(ResendRequest, fields)
  if (to !== undefined && from > to) {
    const words = 'This time is after the end.'
    throw new Problem('invalid', words, { fields: { from: [words] } })
  }
  const choice = { from, state: status, ...(to === undefined ? {} : { to }) }
  const bounds = { limit: RESEND_MAX, attemptsMax: ATTEMPTS_MAX }
  return requeueNotifications(services.db, subscription.id, choice, bounds)
}
