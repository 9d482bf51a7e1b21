import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { Run, RunInput, RunNote, RunProgress, RunQueue } from './run.ts'

/** Runs before this one are counted up to here; beyond it, age alone decides. */
const PLACES_MAX = 200

/** Insert a run. Also returns how many runs of its lane, and of its project, are under way before it: at most 200 each. */
export async function insertRun(
  tx: Tx,
  { sampleId, lane, input }: { sampleId: string; lane: string; input: RunInput },
): Promise<{ id: string; projectId: string; inLane: number; inProject: number }> {
  const { rows } = await sql<{ id: string; projectId: string; inLane: number; inProject: number }>`
    with owner as (select project_id from sample where id = ${sampleId}),
    made as (
      insert into run (sample_id, for_project, lane, state, input, created)
      select ${sampleId}, project_id, ${lane}, 'queued', ${JSON.stringify(input)}::jsonb, app_now() from owner
      returning id
    )
    select made.id, owner.project_id as "projectId",
      (select count(*)::int from (
         select from run where for_project = owner.project_id and lane = ${lane}
           and state in ('queued', 'running') limit ${PLACES_MAX}) there) as "inLane",
      (select count(*)::int from (
         select from run where for_project = owner.project_id
           and state in ('queued', 'running') limit ${PLACES_MAX}) there) as "inProject"
    from made, owner`.execute(tx)
  return rows[0]!
}

export async function selectRun(db: Database | Tx, id: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('run')
    .select(['id', 'sample_id', 'state', 'input', 'for_project', 'lane', 'created'])
    .select(
      sql<number>`coalesce(greatest(0, extract(epoch from not_before - clock_timestamp())), 0)::float8`.as(
        'pause',
      ),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      sampleId: row.sample_id,
      state: row.state,
      input: row.input as RunInput,
      projectId: row.for_project,
      lane: row.lane,
      queuedAt: row.created,
      pauseSeconds: row.pause,
    }
  )
}

/** One run as one worker holds it: a worker that takes it later has a higher attempt, which ends this hold. */
export interface Hold {
  runId: string
  attempt: number
}

/** How often a run was taken, this time included. */
export interface Attempts {
  attempt: number
  /** Without those that were handed over or put off. */
  tries: number
  /** Without those that were put off. */
  starts: number
}

/**
 * Take a run that is queued, or that runs while no worker has said within `holdSeconds` that it has it. Undefined when
 * it has ended or another worker holds it.
 */
export async function updateStarted(tx: Tx, id: string, holdSeconds: number): Promise<Attempts | undefined> {
  const { rows } = await sql<Attempts>`
    update run
       set state = 'running', attempts = attempts + 1, started_at = app_now(), held_at = clock_timestamp()
     where id = ${id} and (state = 'queued' or (state = 'running' and
           (held_at is null or held_at < clock_timestamp() - make_interval(secs => ${holdSeconds}))))
    returning attempts as attempt, attempts - handed_over as tries, attempts - put_off as starts`.execute(tx)
  return rows[0]
}

/** Whether a worker has said within `holdSeconds` that it holds the run. */
export async function isHeld(db: Database, id: string, holdSeconds: number): Promise<boolean> {
  const { rows } = await sql`
    select from run where id = ${id} and state = 'running'
       and held_at >= clock_timestamp() - make_interval(secs => ${holdSeconds})`.execute(db)
  return rows.length > 0
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

const PAUSE_SECONDS_MAX = 3_600

/** Give a run back, for anybody to take at once; only an attempt that ended as a failure counts as one. */
export async function updateLetGo(
  db: Database,
  { runId, attempt }: Hold,
  as: 'failed' | 'handed over' | 'put off',
): Promise<void> {
  await db
    .updateTable('run')
    .set({
      held_at: null,
      handed_over: sql<number>`handed_over + ${as === 'failed' ? 0 : 1}::int`,
      put_off: sql<number>`put_off + ${as === 'put off' ? 1 : 0}::int`,
      // Growing as the queue's own pauses do, half as long at least: another job of the run must not cut them short.
      ...(as === 'failed' && {
        not_before: sql<Date>`clock_timestamp() + make_interval(
          secs => least(${PAUSE_SECONDS_MAX}::float8, 2.5 * 2 ^ (attempts - handed_over)))`,
      }),
    })
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

/**
 * End a run that this worker holds. Returns false when it has ended already or another worker holds it. `final`: its
 * sample will never be analysed again, so the numbers of its input, which the sample has as well, are not kept.
 */
export async function updateRunEnded(
  tx: Tx,
  { runId, attempt }: Hold,
  {
    state,
    note,
    final = false,
  }: { state: 'succeeded' | 'failed' | 'canceled'; note: string; final?: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('run')
    .set({
      state,
      note,
      ended_at: sql<Date>`app_now()`,
      ...(final && { input: sql<string>`input - 'summary'` }),
    })
    .where('id', '=', runId)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Note that the files of a sample's earlier runs are replaced by those of this one. */
export async function updateSuperseded(
  tx: Tx,
  { id, sampleId }: Pick<Run, 'id' | 'sampleId'>,
): Promise<void> {
  await tx
    .updateTable('run')
    .set({ superseded: true, files_removed: false })
    .where('sample_id', '=', sampleId)
    .where('id', '!=', id)
    .where('state', '=', 'succeeded')
    .where('superseded', '=', false)
    .execute()
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
): Promise<{ runId: string; queue: RunQueue; projectId: string | null }[]> {
  const { rows } = await sql<{ runId: string; queue: RunQueue; projectId: string | null }>`
    select id as "runId", ${QUEUE} as queue, for_project as "projectId" from run
     where state in ('queued', 'running') and case
       when held_at is not null then held_at < clock_timestamp() - make_interval(secs => ${silentSeconds})
       else coalesce(started_at, created) < (select app_now()) - make_interval(mins =>
              (${JSON.stringify(waitingMinutes)}::jsonb ->> ${QUEUE})::int) end
     order by created`.execute(db)
  return rows
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
