import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Attempts that a run gave back by itself, to wait for its turn: they count as no interruption. */
export const putOffRuns: Migration = {
  async up(db) {
    await sql`alter table run add column put_off integer not null default 0`.execute(db)
  },
}
