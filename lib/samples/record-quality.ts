import type { Tx } from '#lib/services.ts'
import { updateQuality } from './samples-table.ts'

/** Store what the analysis measured on the sample; `failedQc` says in words why it did not pass, or is null. */
export function recordQuality(
  tx: Tx,
  { sampleId, qc, failedQc }: { sampleId: string; qc: unknown; failedQc: string | null },
): Promise<void> {
  return updateQuality(tx, sampleId, { qc, failedQc })
}
