import type { Tx } from '#lib/services.ts'
import { type EventType, payloadOf, type SampleFacts } from './event.ts'
import { insertEvent } from './events-table.ts'
import { ATTEMPTS_MAX } from './limits.ts'

/**
 * Tell a project's subscribers that something happened to a sample, inside the transaction of the change itself: both
 * are there afterwards, or neither. Delivery follows on its own. Costs one statement where nobody subscribed.
 */
export async function emitEvent(
  tx: Tx,
  type: EventType,
  sample: SampleFacts,
  about: { reason?: string | undefined; detail?: string | null | undefined } = {},
): Promise<void> {
  await insertEvent(tx, {
    projectId: sample.projectId,
    sampleId: sample.id,
    type,
    payload: payloadOf(sample, about),
    attemptsMax: ATTEMPTS_MAX,
  })
}
