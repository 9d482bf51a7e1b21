import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What a run is imputed with, how far it has come, and what it cost. */
export const imputation: Migration = {
  async up(db) {
    await sql`
      alter table run
        add column panel_id text,
        add column progress jsonb,
        add column cpu_seconds double precision`.execute(db)
  },
}
