import type { Tx } from '#lib/services.ts'
import { emitEvent } from '#lib/webhooks/emit-event.ts'
import type { EventType } from '#lib/webhooks/event.ts'
import { selectSample } from './samples-table.ts'

/** Tell subscribers that something happened to a sample that did not change its status; in the caller's transaction. */
export async function emitSampleEvent(
  tx: Tx,
  sampleId: string,
  type: EventType,
  about: { reason?: string | undefined; detail?: string | null | undefined } = {},
): Promise<void> {
  const sample = await selectSample(tx, sampleId)
  if (!sample) return
  const { id, project_id: projectId, client_id: clientId, status } = sample
  await emitEvent(tx, type, { id, projectId, clientId, status }, about)
}
