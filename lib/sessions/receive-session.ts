import { moveSample } from '#lib/samples/move-sample.ts'
import type { Tx } from '#lib/services.ts'
import { recordEvent } from './record-event.ts'
import { updateEnded } from './sessions-table.ts'

/**
 * The session has its file: session, status of the sample and event, in the caller's transaction. False when it has
 * ended otherwise; of several files of one sample exactly one gets true.
 */
export async function receiveSession(tx: Tx, sampleId: string): Promise<boolean> {
  const first = await updateEnded(tx, sampleId, { state: 'received', reason: null, from: ['opened'] })
  if (!first) return false
  await moveSample(tx, { sampleId, to: 'scheduled' })
  await recordEvent(tx, sampleId, { kind: 'received' })
  return true
}
