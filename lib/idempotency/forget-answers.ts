import type { Services } from '#lib/services.ts'
import { deleteOldAnswers } from './idempotency-table.ts'

/** Forget what was answered to an `Idempotency-Key` over 24 hours ago. */
export const forgetAnswers = ({ db }: Pick<Services, 'db'>): Promise<void> => deleteOldAnswers(db)
