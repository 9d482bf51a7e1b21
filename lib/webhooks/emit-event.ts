import type { Caller } from '#lib/access/caller.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { Problem } from '#lib/problem.ts'
import type { Services, Tx } from '#lib/services.ts'
import { parseLenient } from '#lib/wire/unknown-fields.ts'
import { type EventType, examplePayload, payloadOf, type SampleFacts } from './event.ts'
import { deleteOldEvents, insertTestEvent, insertWebhookEvent } from './events-table.ts'
import { findSubscription } from './find-subscription.ts'
import { ATTEMPTS_MAX, EVENT_DAYS } from './limits.ts'
import { TestEventRequest } from './wire.ts'

/**
 * Queue an event about a sample for the project's subscribers, inside the transaction of the change itself: both are
 * stored, or neither. Delivery follows separately. Costs one statement where there is no subscription.
 */
export async function emitEvent(
  tx: Tx,
  type: EventType,
  sample: SampleFacts,
  about: { reason?: string | undefined; detail?: string | null | undefined } = {},
): Promise<void> {
  await insertWebhookEvent(tx, {
    projectId: sample.projectId,
    sampleId: sample.id,
    type,
    payload: payloadOf(sample, about),
    attemptsMax: ATTEMPTS_MAX,
  })
}

/** No sample has this id. */
const NO_SAMPLE = '00000000-0000-0000-0000-000000000000'

/**
 * Deliver a test event of any type to one subscription, with status, reason and detail as a real one has them: once,
 * unless `retry` asks for the usual attempts. Returns the id of its notification. Throws 409 while the subscription is switched off.
 */
export async function sendTestEvent(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<string> {
  const subscription = await findSubscription(services, caller, id)
  const { event_type: type, retry } = parseLenient(TestEventRequest, fields)
  if (subscription.disabledAt) throw new Problem('conflict', 'The subscription is disabled: enable it first.')
  const notification = await insertTestEvent(services.db, subscription, {
    type,
    payload: examplePayload(type, { id: NO_SAMPLE, projectId: subscription.projectId, clientId: 'test' }),
    attemptsMax: retry ? ATTEMPTS_MAX : 1,
  })
  if (notification === undefined) throw new Problem('not_found', 'Not found.')
  return notification
}

const BATCH = 1_000

/** Delete events that are older than 90 days, with the log of their deliveries. Part of the sweeper. */
export const forgetEvents = ({ db }: Pick<Services, 'db'>): Promise<void> =>
  workOff(() => deleteOldEvents(db, { days: EVENT_DAYS, limit: BATCH }))
