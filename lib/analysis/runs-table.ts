import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import type { Run, RunInput } from './run.ts'

export async function insertRun(tx: Tx, sampleId: string, input: RunInput): Promise<string> {
  const { id } = await tx
    .insertInto('run')
    .values({
      sample_id: sampleId,
      state: 'queued',
      input: JSON.stringify(input),
      created: sql<Date>`app_now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function selectRun(db: Database | Tx, id: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('run')
    .select(['id', 'sample_id', 'state', 'input'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      sampleId: row.sample_id,
      state: row.state as Run['state'],
      input: row.input as RunInput,
    }
  )
}

/** Take a run that is queued, or that a killed worker left running; how often it was taken. Undefined when it has ended. */
export async function updateStarted(tx: Tx, id: string): Promise<number | undefined> {
  const row = await tx
    .updateTable('run')
    .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1), started_at: sql<Date>`app_now()` }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts
}

/** End a running run. False when it has ended already. */
export async function updateEnded(
  tx: Tx,
  id: string,
  { state, note }: { state: 'succeeded' | 'failed' | 'canceled'; note: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('run')
    .set({ state, note, ended_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Runs that have waited, or seem to have run, for longer than any job of theirs can. */
export async function selectStuck(
  db: Database,
  { queuedMinutes, runningMinutes }: { queuedMinutes: number; runningMinutes: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from run
     where (state = 'queued' and created < app_now() - make_interval(mins => ${queuedMinutes}))
        or (state = 'running' and started_at < app_now() - make_interval(mins => ${runningMinutes}))`.execute(
    db,
  )
  return rows.map((row) => row.id)
}
