import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import {
  LANE_DEAD_SECONDS,
  LANE_FAILURES_MAX,
  LANE_FORGET_SECONDS,
  LANE_PAUSE_SECONDS,
  LANE_TRY_SECONDS,
  OPEN_SECONDS,
  SLOW_SECONDS,
} from './limits.ts'

/** The files of one project at one host: another project's host of the same name is another lane. */
export interface Lane {
  projectId: string
  host: string
}

/** What is known of a lane. */
export interface LaneState {
  /** One after the other, since the host last responded. */
  failures: number
  /** Seconds for which nobody asks, none once they are over, or where it has not responded lately; null: it responds. */
  pause: number | null
  /** It sends next to nothing. */
  slow: boolean
}

/** It responded once, but not lately: a host that has died since must not be given workers. */
const isStale = (lane: string) =>
  sql`coalesce(${sql.ref(`${lane}.opened_at`)} < clock_timestamp() - make_interval(secs => ${OPEN_SECONDS}), true)`

export async function selectLane(db: Database, { projectId, host }: Lane): Promise<LaneState | undefined> {
  const { rows } = await sql<LaneState>`
    select failures,
           case when paused_until is not null
                then greatest(0, extract(epoch from paused_until - clock_timestamp()))::float8
                when ${isStale('source_lane')} then 0::float8 end as pause,
           coalesce(slow_until > clock_timestamp(), false) as slow
      from source_lane where project_id = ${projectId} and host = ${host}`.execute(db)
  return rows[0]
}

/**
 * Begin to try a host that was never asked, that has not responded lately, or that failed and has had its pause. True for
 * one at a time. A try after a pause counts as failed until the host responds.
 */
export async function enterLane(db: Database, { projectId, host }: Lane): Promise<boolean> {
  const { rows } = await sql`
    insert into source_lane as lane (project_id, host, paused_until)
    values (${projectId}, ${host}, clock_timestamp() + make_interval(secs => ${LANE_TRY_SECONDS}))
    on conflict (project_id, host) do update
      set paused_until = excluded.paused_until,
          failures = case when lane.paused_until is null
                            or lane.paused_until < clock_timestamp() - make_interval(secs => ${LANE_FORGET_SECONDS})
                          then 0 else least(lane.failures + 1, ${LANE_FAILURES_MAX}::int) end
      where lane.paused_until <= clock_timestamp() or (lane.paused_until is null and ${isStale('lane')})
    returning true`.execute(db)
  return rows.length > 0
}

/** A try was broken off by our own stop: the next one may begin at once, and it counts as no failure. */
export async function releaseLane(db: Database, { projectId, host }: Lane): Promise<void> {
  await sql`
    update source_lane set paused_until = clock_timestamp(), failures = greatest(0, failures - 1)
     where project_id = ${projectId} and host = ${host} and paused_until is not null`.execute(db)
}

/** The host has responded, with whatever status. `slow`: how it then sent, where that is known. */
export async function openLane(
  db: Database,
  { projectId, host }: Lane,
  { slow = null }: { slow?: boolean | null } = {},
): Promise<void> {
  await sql`
    update source_lane
       set failures = 0, paused_until = null, opened_at = clock_timestamp(),
           slow_until = case when ${slow}::bool then clock_timestamp() + make_interval(secs => ${SLOW_SECONDS})
                             when ${slow}::bool is null then slow_until end
     where project_id = ${projectId} and host = ${host}
       and (paused_until is not null or ${slow}::bool is not null
            or coalesce(opened_at < clock_timestamp() - interval '1 minute', true))`.execute(db)
}

/** The host sends next to nothing, which counts for a while; or it sends as it should. */
export async function markSlow(db: Database, { projectId, host }: Lane, slow: boolean): Promise<void> {
  const seconds = slow ? SLOW_SECONDS : null
  await sql`
    update source_lane set slow_until = clock_timestamp() + make_interval(secs => ${seconds}::float8)
     where project_id = ${projectId} and host = ${host} and (slow_until is not null or ${slow})`.execute(db)
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
      -- More than the maximum: dead. A host that is tried once more is not, until that has failed, too.
      set failures = least(${failures}, ${LANE_FAILURES_MAX}::int) + (${failures} >= ${LANE_FAILURES_MAX}::int)::int,
          paused_until = clock_timestamp() + make_interval(secs => case
            -- The runs that still wait look again within this time, and end.
            when ${failures} >= ${LANE_FAILURES_MAX}::int then ${LANE_DEAD_SECONDS}::int
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
