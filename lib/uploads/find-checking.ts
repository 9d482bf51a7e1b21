import type { Tx } from '#lib/services.ts'
import { selectChecking } from './uploads-table.ts'

/** Which of these samples have a file whose last byte was in time and whose check has not ended: they do not expire. */
export const findChecking = (tx: Tx, sampleIds: string[]): Promise<Set<string>> =>
  selectChecking(tx, sampleIds)
