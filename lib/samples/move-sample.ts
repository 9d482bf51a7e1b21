import type { Tx } from '#lib/services.ts'
import type { SampleStatus } from './sample.ts'
import { moveSample as moveRow } from './samples-table.ts'

/**
 * Move a sample to its next status, with its line of history, inside the caller's transaction. False when the
 * status it has now does not allow that: whoever came first has decided, and a job run twice changes nothing.
 */
export function moveSample(
  tx: Tx,
  { sampleId, to, note = '' }: { sampleId: string; to: SampleStatus; note?: string },
): Promise<boolean> {
  return moveRow(tx, sampleId, to, note)
}
