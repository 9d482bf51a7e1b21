import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import {
  LANE_FAILURES_MAX,
  LANE_FORGET_SECONDS,
  LANE_LOOK_SECONDS,
  LANE_PAUSE_SECONDS,
  LANE_TRY_SECONDS,
} from './limits.ts'

/** The files of one project at one host: another project's host of the same name is another lane. */
export interface Lane {
  projectId: string
  host: string
}

/**
 * Ask to fetch from a lane. Returns undefined when that is allowed, else seconds after which to ask again. A host that
 * responds may be asked by any number of runs; one that was never asked, or that failed, by one run at a time after its
 * pause. Such a try after a pause counts as failed until the host responds.
 */
export async function enterLane(db: Database, { projectId, host }: Lane): Promise<number | undefined> {
  const entered = await sql`
    insert into source_lane as lane (project_id, host, paused_until)
    values (${projectId}, ${host}, clock_timestamp() + make_interval(secs => ${LANE_TRY_SECONDS}))
    on conflict (project_id, host) do update
      set paused_until = excluded.paused_until,
          failures = case when lane.paused_until < clock_timestamp() - make_interval(secs => ${LANE_FORGET_SECONDS})
                          then 0 else lane.failures + 1 end
      where lane.paused_until <= clock_timestamp()
    returning true`.execute(db)
  if (entered.rows.length > 0) return undefined
  const { rows } = await sql<{ failures: number; seconds: number | null }>`
    select failures, extract(epoch from paused_until - clock_timestamp())::float8 as seconds
      from source_lane where project_id = ${projectId} and host = ${host}`.execute(db)
  const { failures, seconds } = rows[0] ?? { failures: 0, seconds: null }
  if (seconds === null) return undefined
  return Math.max(1, failures === 0 ? Math.min(seconds, LANE_LOOK_SECONDS) : seconds)
}

/** Failures of a host that is tried, 0 if it was never asked; undefined: it responded when it was last asked. */
export async function selectTrial(db: Database, { projectId, host }: Lane): Promise<number | undefined> {
  const { rows } = await sql<{ failures: number; open: boolean }>`
    select failures, paused_until is null as open from source_lane
     where project_id = ${projectId} and host = ${host}`.execute(db)
  const [lane] = rows
  return lane?.open ? undefined : (lane?.failures ?? 0)
}

/** The host has responded, with whatever status. */
export async function openLane(db: Database, { projectId, host }: Lane): Promise<void> {
  await sql`
    update source_lane set failures = 0, paused_until = null
     where project_id = ${projectId} and host = ${host} and paused_until is not null`.execute(db)
}

/**
 * The host has not responded: make a pause, each time a longer one. Returns true once it has failed too often. What fails
 * at one time (both files of a pair, runs that asked while it still responded) is one failure.
 */
export async function pauseLane(db: Database, { projectId, host }: Lane): Promise<boolean> {
  const failures = sql`lane.failures + (lane.paused_until is null or lane.failures = 0)::int`
  const { rows } = await sql<{ failures: number }>`
    insert into source_lane as lane (project_id, host, failures, paused_until)
    values (${projectId}, ${host}, 1, clock_timestamp() + make_interval(secs => ${LANE_PAUSE_SECONDS[0]}))
    on conflict (project_id, host) do update
      set failures = ${failures},
          paused_until = clock_timestamp() + make_interval(secs => case
            -- The runs that still wait soon end, one after the other.
            when ${failures} >= ${LANE_FAILURES_MAX}::int then ${LANE_PAUSE_SECONDS[0]}::int
            else (${[...LANE_PAUSE_SECONDS]}::int[])[least(${failures}, ${LANE_PAUSE_SECONDS.length}::int)] end)
    returning failures`.execute(db)
  return rows[0]!.failures >= LANE_FAILURES_MAX
}

/** The host is busy and asks for a pause: it counts as failed once. Only lengthens the pause that it has. */
export async function restLane(db: Database, { projectId, host }: Lane, seconds: number): Promise<void> {
  await sql`
    update source_lane
       set failures = greatest(failures, 1),
           paused_until = greatest(paused_until, clock_timestamp() + make_interval(secs => ${seconds}))
     where project_id = ${projectId} and host = ${host}`.execute(db)
}
