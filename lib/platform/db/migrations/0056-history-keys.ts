import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** Lines of a history are found by their sample, never by an id of their own: one index is key and order. */
export const historyKeys: Migration = {
  async up(db) {
    for (const [table, key, replaced] of TABLES) {
      await sql
        .raw(
          `alter table ${table} drop constraint ${table}_pkey, add constraint ${table}_pkey primary key using index ${key}`,
        )
        .execute(db)
      await sql.raw(`drop index ${replaced}`).execute(db)
    }
  },
}

const TABLES = [
  ['sample_status', 'sample_status_line', 'sample_status_history'],
  ['session_event', 'session_event_line', 'session_event_timeline'],
] as const
