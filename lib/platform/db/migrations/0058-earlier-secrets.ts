import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** The ids of secrets that were in use before: a process that still seals with one of them does not bring it back into use. */
export const earlierSecrets: Migration = {
  async up(db) {
    await sql`alter table secret_in_use add column earlier text[] not null default '{}'`.execute(db)
  },
}
