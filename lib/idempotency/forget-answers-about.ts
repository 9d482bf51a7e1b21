import type { Tx } from '#lib/services.ts'
import { deleteAnswersAbout } from './idempotency-table.ts'

/** Forget what was answered about samples that are being deleted: an answer may repeat their metadata. */
export const forgetAnswersAbout = (tx: Tx, sampleIds: string[]): Promise<void> =>
  deleteAnswersAbout(tx, sampleIds)
