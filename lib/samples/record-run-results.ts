import type { Tx } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { replaceDeliverables } from './deliverables-table.ts'
import { updateQuality, updateSampleRun } from './samples-table.ts'

/** Note on the sample which run is its own. */
export function setSampleRun(tx: Tx, sampleId: string, runId: string): Promise<void> {
  return updateSampleRun(tx, sampleId, runId)
}

/** Store what the analysis measured on the sample; `failedQc` says in words why it did not pass, or is null. */
export function recordQuality(
  tx: Tx,
  { sampleId, qc, failedQc }: { sampleId: string; qc: unknown; failedQc: string | null },
): Promise<void> {
  return updateQuality(tx, sampleId, { qc, failedQc })
}

/**
 * Make the files of a run the deliverables of its sample, in the transaction that ends the run: a reader sees all of
 * them or none. Their bytes must be stored already.
 */
export function publishDeliverables(
  tx: Tx,
  of: { sampleId: string; runId: string },
  files: Omit<Deliverable, 'id' | 'sampleId'>[],
): Promise<void> {
  return replaceDeliverables(tx, of, files)
}
