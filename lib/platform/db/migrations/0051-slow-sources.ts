import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Until when a source of FASTQ files counts as one that sends too little to be given many workers. */
export const slowSources: Migration = {
  async up(db) {
    await sql`alter table source_lane add column slow_until timestamptz`.execute(db)
  },
}
