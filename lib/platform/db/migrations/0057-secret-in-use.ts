import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The id of the key that the process that started last seals with: one row. */
export const secretInUse: Migration = {
  async up(db) {
    await sql`create table secret_in_use (
      one boolean primary key default true check (one),
      key_id text not null
    )`.execute(db)
  },
}
