import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Keys that files are encrypted with at rest. */
export const fileKeys: Migration = {
  async up(db) {
    // No foreign key: a key is made before and destroyed after whatever row names its owner.
    await sql`
      create table file_key (
        owner uuid primary key,
        sealed text not null,
        created timestamptz not null default app_now()
      )`.execute(db)
  },
}
