import type { Tx } from '#lib/services.ts'
import { emitEvent } from '#lib/webhooks/emit-event.ts'
import { isAnalysed, type SampleStatus, statusesBefore, statusesToDecide } from './sample.ts'
import { updateStatus } from './samples-table.ts'

interface Move {
  sampleId: string
  to: SampleStatus
  note?: string
  /** A person decided so; it does not follow by itself. */
  decided?: boolean
}

/**
 * Move a sample to its next status, with its line of history and the events for subscribers, inside the caller's
 * transaction. Returns false when its present status does not allow that: the first change wins, and a job that runs
 * twice changes nothing.
 */
export async function moveSample(
  tx: Tx,
  { sampleId, to, note = '', decided = false }: Move,
): Promise<boolean> {
  const moved = await updateStatus(tx, sampleId, to, {
    note,
    from: decided ? statusesToDecide(to) : statusesBefore(to),
  })
  if (!moved) return false
  const { before, ...owner } = moved
  const sample = { id: sampleId, status: to, ...owner }
  // A run that starts again says `running` twice: a line of history, and no change.
  if (before !== to) await emitEvent(tx, 'sample_status_changed', sample)
  if (isAnalysed(to)) await emitEvent(tx, 'analysis_complete_v2', sample)
  return true
}
