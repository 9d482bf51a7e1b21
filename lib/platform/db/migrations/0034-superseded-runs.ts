import { sql } from 'kysely'
import { createIndexOnline, type Migration } from '../migration.ts'

/** Runs that succeeded, and whose files a later run of the same sample has replaced: their bytes are to be removed. */
export const supersededRuns: Migration = {
  online: true,
  async up(db) {
    await sql`alter table run add column if not exists superseded boolean not null default false`.execute(db)
    await createIndexOnline(db, 'run_superseded', 'on run (ended_at) where superseded and not files_removed')
  },
}
