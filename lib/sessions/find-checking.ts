import type { Database, Tx } from '#lib/services.ts'

/**
 * Which of these samples have a file whose last byte was in time and whose check has not ended. Sessions know no
 * uploads: whoever calls a verb that must ask gives it this.
 */
export type FindChecking = (db: Database | Tx, sampleIds: string[]) => Promise<Set<string>>
