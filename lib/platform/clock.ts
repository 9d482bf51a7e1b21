import { type Kysely, sql } from 'kysely'
import type { Schema } from './db/schema.ts'
import { countLivedTime } from './lived-time.ts'

/** The time that decides about windows: the database's, so that replicas agree, plus the test clock's offset. */
export interface Clock {
  now(): Promise<Date>
  /** Counts the time that this process lives, for limits on what it waits for. */
  countLived: typeof countLivedTime
}

/** The clock of this installation. Rejects while the database cannot be reached, rather than guess the time. */
export function createClock(db: Kysely<Schema>): Clock {
  return {
    async now() {
      const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(db)
      return rows[0]!.now
    },
    countLived: countLivedTime,
  }
}

/** Advance the clock of every process of this installation; resolves with the new time. Only the test hook calls it. */
export async function advanceTestClock(db: Kysely<Schema>, seconds: number): Promise<Date> {
  if (!(Number.isFinite(seconds) && seconds >= 0)) throw new RangeError('Time only goes forward')
  await db
    .updateTable('clock')
    .set((row) => ({ offset_seconds: sql<number>`${row.ref('offset_seconds')} + ${seconds}` }))
    .execute()
  return createClock(db).now()
}
