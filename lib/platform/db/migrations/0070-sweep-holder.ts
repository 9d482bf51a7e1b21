import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** Which connection renewed the turn to sweep: when it is gone, so is the process that had the turn. */
export const sweepHolder: Migration = {
  async up(db) {
    await sql`alter table sweep_lease add column backend int`.execute(db)
  },
}
