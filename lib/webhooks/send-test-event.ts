import type { Caller } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { payloadOf } from './event.ts'
import { insertTestEvent } from './events-table.ts'
import { findSubscription } from './find-subscription.ts'
import { ATTEMPTS_MAX } from './limits.ts'
import { TestEventRequest } from './wire.ts'

/** No sample has this id. */
const NO_SAMPLE = '00000000-0000-0000-0000-000000000000'

/**
 * Deliver an event about nothing, of any type, to one subscription: once, unless `retry` asks for the usual attempts.
 * Answers the id of its notification. Throws 409 while the subscription is switched off.
 */
export async function sendTestEvent(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<string> {
  const subscription = await findSubscription(services, caller, id)
  const { event_type: type, retry } = parseFields(TestEventRequest, fields)
  if (subscription.disabledAt) throw new Problem('conflict', 'The subscription is disabled: enable it first.')
  const sample = { id: NO_SAMPLE, projectId: subscription.projectId, clientId: 'test', status: 'succeeded' }
  return insertTestEvent(services.db, subscription, {
    type,
    payload: payloadOf(sample),
    attemptsMax: retry ? ATTEMPTS_MAX : 1,
  })
}
