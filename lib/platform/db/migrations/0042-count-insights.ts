import { type Kysely, sql } from 'kysely'
import { createIndexOnline, type Migration, patiently } from '../migration.ts'

/** Samples of one statement. */
const BATCH = 1_000

/** Counts the samples that were there before, oldest first, some ten thousand a second. Counting one twice changes nothing. */
export const countInsights: Migration = {
  online: true,
  async up(db) {
    await patiently(db, () => countAll(db))
    // What imputing costs is read from the runs themselves.
    await createIndexOnline(
      db,
      'run_imputed',
      `on run (ended_at) where panel_id is not null and state = 'succeeded'`,
    )
  },
}

async function countAll(db: Kysely<unknown>): Promise<void> {
  let after = { created: '-infinity', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await sql<{ created: string; id: string }>`
        select created::text, id from sample where (created, id) > (${after.created}::timestamptz, ${after.id}::uuid)
         order by created, id limit ${BATCH}`.execute(db)
    await sql`select insight_count(${rows.map(({ id }) => id)}::uuid[])`.execute(db)
    if (rows.length < BATCH) break
    after = rows.at(-1)!
  }
}
