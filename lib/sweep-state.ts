import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'

/** A process that has not renewed its turn for so long is taken for dead. In real time, also under the test clock. */
const LEASE_SECONDS = 20

/**
 * Take or renew the turn to sweep; false while another process has it. That one has lost it when it did not renew it in time,
 * or when the connection that it last did so with is gone: docs/decisions/0022.
 */
export async function takeLease(db: Database, holder: string): Promise<boolean> {
  const { rows } = await sql`
    update sweep_lease
       set holder = ${holder}, backend = pg_backend_pid(),
           ends_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
     where holder = ${holder} or ends_at < clock_timestamp()
        or (backend is not null and not exists (select from pg_stat_activity where pid = backend))
    returning 1`.execute(db)
  return rows.length > 0
}

export async function releaseLease(db: Database, holder: string): Promise<void> {
  await sql`update sweep_lease set ends_at = '-infinity' where holder = ${holder}`.execute(db)
}

/** A step of the sweep that failed the last time it ran. */
export interface FailingStep {
  step: string
  /** Its first failure since it last worked. */
  since: Date
  /** The same as an age. */
  seconds: number
  times: number
}

/** Note which steps of a sweep worked and which failed. */
export async function recordSteps(
  db: Database,
  { worked, failed }: { worked: string[]; failed: string[] },
): Promise<void> {
  // SQL has no empty list.
  if (worked.length > 0) await db.deleteFrom('sweep_failure').where('step', 'in', worked).execute()
  if (failed.length === 0) return
  const now = sql<Date>`app_now()`
  await db
    .insertInto('sweep_failure')
    .values(failed.map((step) => ({ step, since: now, last_at: now })))
    .onConflict((there) =>
      there.column('step').doUpdateSet({ last_at: now, times: sql<number>`sweep_failure.times + 1` }),
    )
    .execute()
}

/** The one that has failed longest comes first. */
export async function listFailingSteps(db: Database): Promise<FailingStep[]> {
  const age = sql<number>`extract(epoch from app_now() - since)::float8`
  return db
    .selectFrom('sweep_failure')
    .select(['step', 'since', 'times', age.as('seconds')])
    .orderBy('since')
    .execute()
}
