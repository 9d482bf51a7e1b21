import type { Tx } from '#lib/services.ts'
import { updateSampleRun } from './samples-table.ts'

/** Note on the sample which run is its own. */
export function setSampleRun(tx: Tx, sampleId: string, runId: string): Promise<void> {
  return updateSampleRun(tx, sampleId, runId)
}
