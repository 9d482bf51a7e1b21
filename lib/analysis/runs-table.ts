import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { Run, RunInput, RunNote, RunProgress, RunQueue } from './run.ts'

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
      state: row.state,
      input: row.input as RunInput,
    }
  )
}

/** One run as one worker holds it: a worker that takes it later has a higher attempt, which ends this hold. */
export interface Hold {
  runId: string
  attempt: number
}

/**
 * Take a run that is queued, or that runs while no worker has said within `holdSeconds` that it has it. How often it
 * was taken, this time included; undefined when it has ended or another worker holds it.
 */
export async function updateStarted(tx: Tx, id: string, holdSeconds: number): Promise<number | undefined> {
  const { rows } = await sql<{ attempts: number }>`
    update run
       set state = 'running', attempts = attempts + 1, started_at = app_now(), held_at = clock_timestamp()
     where id = ${id} and (state = 'queued' or (state = 'running' and
           (held_at is null or held_at < clock_timestamp() - make_interval(secs => ${holdSeconds}))))
    returning attempts`.execute(tx)
  return rows[0]?.attempts
}

/** Record that this worker still holds the run. Returns false when the run has ended or another worker holds it. */
export async function updateHeld(db: Database, { runId, attempt }: Hold): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('run')
    .set({ held_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', runId)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Give a run back, for anybody to take at once. */
export async function updateLetGo(db: Database, { runId, attempt }: Hold): Promise<void> {
  await db
    .updateTable('run')
    .set({ held_at: null })
    .where('id', '=', runId)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running')
    .execute()
}

/** Note what a run says of itself, while this worker has it. */
export async function updateNoted(
  db: Database,
  { runId, attempt }: Hold,
  { panelId, progress, cpuSeconds }: RunNote,
): Promise<void> {
  const values = {
    ...(panelId !== undefined && { panel_id: panelId }),
    ...(progress !== undefined && { progress: JSON.stringify(progress) }),
    ...(cpuSeconds !== undefined && { cpu_seconds: cpuSeconds }),
  }
  if (Object.keys(values).length === 0) return
  await db
    .updateTable('run')
    .set(values)
    .where('id', '=', runId)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running')
    .execute()
}

/** End a run that this worker holds. Returns false when it has ended already or another worker holds it. */
export async function updateRunEnded(
  tx: Tx,
  { runId, attempt }: Hold,
  { state, note }: { state: 'succeeded' | 'failed' | 'canceled'; note: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('run')
    .set({ state, note, ended_at: sql<Date>`app_now()` })
    .where('id', '=', runId)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Cancel the run of a sample, whichever worker holds it. Returns false when none of its runs is under way. */
export async function updateCanceled(tx: Tx, sampleId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('run')
    .set({ state: 'canceled', ended_at: sql<Date>`app_now()` })
    .where('sample_id', '=', sampleId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

interface Patience {
  /** For a run that nobody took, or gave back. */
  waitingMinutes: Record<RunQueue, number>
  /** For a run whose worker says nothing any more. */
  silentSeconds: number
}

/** The queue of a run, as `queueOf` has it. */
const QUEUE = sql<RunQueue>`case when input ? 'imputation' then 'imputation' else input ->> 'kind' end`

/** Runs under way that no worker has, for longer than this. */
export async function selectStuckRuns(
  db: Database,
  { waitingMinutes, silentSeconds }: Patience,
): Promise<{ runId: string; queue: RunQueue }[]> {
  const { rows } = await sql<{ runId: string; queue: RunQueue }>`
    select id as "runId", ${QUEUE} as queue from run
     where state in ('queued', 'running') and case
       when held_at is not null then held_at < clock_timestamp() - make_interval(secs => ${silentSeconds})
       else coalesce(started_at, created) < app_now() - make_interval(mins =>
              (${JSON.stringify(waitingMinutes)}::jsonb ->> ${QUEUE})::int) end`.execute(db)
  return rows
}

/** Runs that came to nothing, this long ago, and whose files may still be there. */
export async function selectUntidy(
  db: Database,
  { minutes, limit }: { minutes: number; limit: number },
): Promise<Pick<Run, 'id' | 'sampleId'>[]> {
  const rows = await db
    .selectFrom('run')
    .select(['id', 'sample_id as sampleId'])
    .where('state', 'in', ['failed', 'canceled'])
    .where('files_removed', '=', false)
    .where('ended_at', '<', sql<Date>`app_now() - make_interval(mins => ${minutes})`)
    .limit(limit)
    .execute()
  return rows
}

export async function updateTidied(db: Database, runId: string): Promise<void> {
  await db.updateTable('run').set({ files_removed: true }).where('id', '=', runId).execute()
}

export interface RunRow
  extends Pick<
    Selectable<Schema['run']>,
    'id' | 'state' | 'note' | 'attempts' | 'created' | 'started_at' | 'ended_at' | 'panel_id' | 'cpu_seconds'
  > {
  kind: string
  progress: RunProgress | null
}

/** One page of the runs of a sample, newest first, and how many there are. */
export async function selectRunsOf(
  db: Database,
  sampleId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: RunRow[] }> {
  const ofSample = db.selectFrom('run').where('sample_id', '=', sampleId)
  const [{ count }, rows] = await Promise.all([
    ofSample.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    ofSample
      .select([
        'id',
        'state',
        'note',
        'attempts',
        'created',
        'started_at',
        'ended_at',
        'panel_id',
        'cpu_seconds',
      ])
      .select(sql<RunProgress | null>`progress`.as('progress'))
      .select(sql<string>`input ->> 'kind'`.as('kind'))
      .orderBy('created', 'desc')
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute(),
  ])
  return { count: Number(count), rows }
}
