import type { Tx } from '#lib/services.ts'
import { emitEvent } from '#lib/webhooks/emit-event.ts'
import { isAnalysed, type SampleStatus } from './sample.ts'
import { updateStatus } from './samples-table.ts'

/**
 * Move a sample to its next status, with its line of history and the events for subscribers, inside the caller's
 * transaction. False when the status it has now does not allow that: whoever came first has decided, and a job run
 * twice changes nothing.
 */
export async function moveSample(
  tx: Tx,
  { sampleId, to, note = '' }: { sampleId: string; to: SampleStatus; note?: string },
): Promise<boolean> {
  const moved = await updateStatus(tx, sampleId, to, note)
  if (!moved) return false
  const { before, ...owner } = moved
  const sample = { id: sampleId, status: to, ...owner }
  // A run that starts again says `running` twice: a line of history, and no change.
  if (before !== to) await emitEvent(tx, 'sample_status_changed', sample)
  if (isAnalysed(to)) await emitEvent(tx, 'analysis_complete_v2', sample)
  return true
}
