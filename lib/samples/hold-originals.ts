import type { Tx } from '#lib/services.ts'
import { selectKeptOriginals } from './retention-table.ts'

/** Those of these samples whose original file is still kept. Retention leaves them alone until the transaction ends. */
export const holdOriginals = (tx: Tx, sampleIds: readonly string[]): Promise<Set<string>> =>
  selectKeptOriginals(tx, sampleIds)
