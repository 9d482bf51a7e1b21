import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** Attempts of a run that a stop of ours ended: they count for storage keys, and not as failures. */
export const handedOver: Migration = {
  online: true,
  async up(db) {
    await sql`alter table run add column if not exists handed_over int not null default 0`.execute(db)
  },
}
