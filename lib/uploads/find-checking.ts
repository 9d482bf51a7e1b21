import type { FindChecking } from '#lib/sessions/find-checking.ts'
import { selectChecking } from '#lib/sessions/upload/uploads-table.ts'

/** Which of these samples have a file whose last byte was in time and whose check has not ended: they do not expire. */
export const findChecking: FindChecking = (db, sampleIds) => selectChecking(db, sampleIds)
