import type { Tx } from '#lib/services.ts'
import { emitEvent } from '#lib/webhooks/emit-event.ts'
import { insertScheduled } from './samples-table.ts'

interface NewSamples {
  projectId: string
  /** One for each sample, in order. */
  clientIds: readonly string[]
  /** Of all of them. */
  metadata: unknown
}

/**
 * Create samples whose data is already there: scheduled from the start, with their line of history and the events for
 * subscribers, inside the caller's transaction, which also queues their runs. Returns their ids, in the order given.
 */
export async function createSamples(
  tx: Tx,
  { projectId, clientIds, metadata }: NewSamples,
): Promise<string[]> {
  const samples = clientIds.map((clientId) => ({ id: crypto.randomUUID(), clientId }))
  await insertScheduled(tx, { projectId, samples, metadata })
  for (const { id, clientId } of samples) {
    await emitEvent(tx, 'sample_status_changed', { id, projectId, clientId, status: 'scheduled' })
  }
  return samples.map(({ id }) => id)
}
