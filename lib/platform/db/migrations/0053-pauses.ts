import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When a run that failed may be tried again, and when a source of FASTQ files last responded. */
export const pauses: Migration = {
  async up(db) {
    await sql`alter table run add column not_before timestamptz`.execute(db)
    await sql`alter table source_lane add column opened_at timestamptz`.execute(db)
  },
}
