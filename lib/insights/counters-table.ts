import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'

/** Lock of the counters: one process at a time changes them. The database's `insight_merge` takes the same. */
const COUNTING = 48_616

/** Rows of one statement, so that none takes longer than a statement may. */
const CLEARED = 50_000

/** Count so many noted changes. Returns how many there were; 0 also when another process keeps the counters to itself. */
export async function mergeChanges(db: Database, most: number): Promise<number> {
  const { rows } = await sql<{ notes: number }>`select insight_merge(${most}) as notes`.execute(db)
  return rows[0]!.notes
}

/** Nobody else counts until this transaction ends; counters and notes are then empty, for this transaction alone. */
export async function clearCounters(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${COUNTING})`.execute(tx)
  for (const table of [
    'insight_change',
    'insight_link',
    'insight_day',
    'insight_reason',
    'insight_time',
    'insight_month',
    'insight_stop',
  ]) {
    let deleted: bigint
    do {
      const batch = sql`delete from ${sql.table(table)}
        where ctid = any(array(select ctid from ${sql.table(table)} limit ${CLEARED}))`
      deleted = (await batch.execute(tx)).numAffectedRows ?? 0n
    } while (deleted === BigInt(CLEARED))
  }
}

/** The place of a sample in the order of their creation. Text, because a Date has no microseconds. */
export interface SamplePlace {
  created: string
  id: string
}

/** Samples after a place, oldest first. */
export async function selectSamplesAfter(
  tx: Tx,
  after: SamplePlace | null,
  limit: number,
): Promise<SamplePlace[]> {
  const beyond = after ? sql`(created, id) > (${after.created}::timestamptz, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<SamplePlace>`
    select created::text, id from sample where ${beyond} order by created, id limit ${limit}`.execute(tx)
  return rows
}

export async function countTheseSamples(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select insight_count(${[...ids]}::uuid[])`.execute(tx)
}
