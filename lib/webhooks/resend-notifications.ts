import type { Caller } from '#lib/access/caller.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findSubscription } from './find-subscription.ts'
import { ATTEMPTS_MAX, RESEND_MAX } from './limits.ts'
import { requeueNotifications } from './notifications-table.ts'
import { ResendRequest } from './wire.ts'

/**
 * Deliver again what happened between two times, oldest first: all of it, or what is in one state. At most 10,000 at
 * once; the number that was queued.
 */
export async function resendRange(
  services: Pick<Services, 'db'>,
  caller: Caller,
  subscriptionId: string,
  fields: Record<string, unknown>,
): Promise<number> {
  const subscription = await findSubscription(services, caller, subscriptionId)
  const { from, to, status } = parseFields(ResendRequest, fields)
  const choice = { from, state: status, ...(to === undefined ? {} : { to }) }
  const bounds = { limit: RESEND_MAX, attemptsMax: ATTEMPTS_MAX }
  return requeueNotifications(services.db, subscription.id, choice, bounds)
}
