import { moveSample } from '#lib/samples/move-sample.ts'
import type { Tx } from '#lib/services.ts'
import { recordTimelineEntry } from './record-timeline-entry.ts'
import type { Rejection } from './session.ts'
import { updateRejection, updateSessionEnded } from './sessions-table.ts'

/**
 * Record that the session has its file: session, status of the sample and timeline, in the caller's transaction. Returns
 * false when it has ended otherwise; of several files of one sample exactly one gets true.
 */
export async function receiveSession(tx: Tx, sampleId: string): Promise<boolean> {
  const first = await updateSessionEnded(tx, sampleId, { state: 'received', reason: null, from: ['opened'] })
  if (!first) return false
  await moveSample(tx, { sampleId, to: 'scheduled' })
  await recordTimelineEntry(tx, sampleId, { kind: 'received' })
  return true
}

/** Record on the session, and in its timeline, that the server refused a file. The session stays open. */
export async function rejectFile(tx: Tx, sampleId: string, rejection: Rejection): Promise<void> {
  await updateRejection(tx, sampleId, rejection)
  await recordTimelineEntry(tx, sampleId, {
    kind: 'rejected',
    reason: rejection.reason,
    detail: rejection.detail,
  })
}
