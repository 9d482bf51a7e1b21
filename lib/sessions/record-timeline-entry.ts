import { emitSampleEvent } from '#lib/samples/emit-sample-event.ts'
import type { Tx } from '#lib/services.ts'
import type { EventType } from '#lib/webhooks/event.ts'
import { insertTimelineEntry } from './sessions-table.ts'
import type { TimelineEntry, TimelineEntryKind } from './timeline-entry.ts'

/** What partners get a webhook for. They mint and cancel themselves, and the sample's status shows a cancellation. */
const TOLD: Partial<Record<TimelineEntryKind, EventType>> = {
  opened: 'array_data_upload_opened',
  received: 'array_data_upload_received',
  rejected: 'array_data_upload_rejected',
  left: 'array_data_upload_left',
  expired: 'array_data_upload_expired',
}

/** Add an entry to the session's timeline and notify subscribers, both in the transaction of the change. */
export async function recordTimelineEntry(tx: Tx, sampleId: string, event: TimelineEntry): Promise<void> {
  await insertTimelineEntry(tx, sampleId, event)
  const type = TOLD[event.kind]
  if (type) {
    await emitSampleEvent(tx, sampleId, type, { reason: event.reason ?? undefined, detail: event.detail })
  }
}
