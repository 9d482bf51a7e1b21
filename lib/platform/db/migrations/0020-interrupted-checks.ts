import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** How often the check of an upload did not come to its end for want of time or memory. */
export const interruptedChecks: Migration = {
  async up(db) {
    await sql.raw('alter table upload add column checks_interrupted smallint not null default 0').execute(db)
  },
}
