import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Which worker has a run, and whether the files of a run that came to nothing are gone. */
export const runHolds: Migration = {
  async up(db) {
    await sql`
      alter table run
        add column held_at timestamptz,
        add column files_removed boolean not null default false`.execute(db)
    await sql`
      create index run_to_tidy on run (ended_at)
        where state in ('failed', 'canceled') and not files_removed`.execute(db)
  },
}
