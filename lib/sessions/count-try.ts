import type { Tx } from '#lib/services.ts'
import { updateTries } from './sessions-table.ts'

/** Count one more try of a session; answers how many there are now. */
export const countTry = (tx: Tx, sampleId: string): Promise<number> => updateTries(tx, sampleId)
