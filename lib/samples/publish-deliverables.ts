import type { Tx } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'
import { replaceDeliverables } from './deliverables-table.ts'

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
