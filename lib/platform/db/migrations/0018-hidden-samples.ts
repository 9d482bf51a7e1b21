import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Samples that lists leave out unless they are asked for them. */
export const hiddenSamples: Migration = {
  async up(db) {
    await sql`alter table sample add column hidden boolean not null default false`.execute(db)
    // Few are hidden: what counts them reads those alone.
    await sql`create index sample_hidden on sample (project_id) where hidden`.execute(db)
  },
}
