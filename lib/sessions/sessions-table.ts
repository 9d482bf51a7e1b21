import { type Selectable, sql } from 'kysely'
import { prepareStatement } from '#lib/platform/db/prepared-statement.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { TEST_LINK_SECONDS_MAX, TEST_UPLOAD_WINDOW_SECONDS, UPLOAD_WINDOW_SECONDS } from './limits.ts'
import type { Rejection, Session } from './session.ts'
import type { TimelineEntry } from './timeline-entry.ts'

type Row = Selectable<Schema['upload_session']> & { project_id: string; now: Date }

const fromRow = (row: Row): Session => ({
  sampleId: row.sample_id,
  projectId: row.project_id,
  jti: row.jti,
  state: row.state,
  reason: row.reason as Session['reason'],
  locale: row.locale,
  redirectOnSuccess: row.redirect_on_success,
  redirectOnFailure: row.redirect_on_failure,
  created: row.created,
  linkExpiresAt: row.link_expires_at,
  openedAt: row.opened_at,
  deadline: row.deadline,
  tries: row.tries,
  lastRejection: row.last_rejection as Rejection | null,
  now: row.now,
})

const sessions = (db: Database | Tx) =>
  db
    .selectFrom('upload_session')
    .innerJoin('sample', 'sample.id', 'upload_session.sample_id')
    .selectAll('upload_session')
    .select(['sample.project_id', sql<Date>`app_now()`.as('now')])

export async function selectSession(db: Database | Tx, sampleId: string): Promise<Session | undefined> {
  const row = await sessions(db).where('sample_id', '=', sampleId).executeTakeFirst()
  return row && fromRow(row)
}

/** The same, holding the row until the transaction ends, and with the time as it is once the row is held. */
export async function lockSession(tx: Tx, sampleId: string): Promise<Session | undefined> {
  await tx
    .selectFrom('upload_session')
    .select('sample_id')
    .where('sample_id', '=', sampleId)
    .forUpdate()
    .executeTakeFirst()
  return selectSession(tx, sampleId)
}

export interface NewSession {
  /** Null: the default for array data. */
  projectId: string | null
  /** The projects that the caller may use; null: all. */
  reach: readonly string[] | null
  jti: string
  /** A link of a test project ends sooner: a partner's program asks for what it asks for elsewhere, and `exp` says what it got. */
  expiresIn: number
  locale: string | null
  redirectOnSuccess: string
  redirectOnFailure: string
  /** Of both redirects. */
  origins: readonly string[]
  metadata: unknown
}

export interface InsertedSession {
  sampleId: string
  iat: number
  exp: number
  /** As the project's settings have it. */
  linkForm: unknown
}

const insertMinted = prepareStatement<InsertedSession>(
  'mint a session',
  `
    with taking as (
      select id, settings -> 'linkForm' as form,
             case when is_test then least($3::int, ${TEST_LINK_SECONDS_MAX}) else $3::int end as seconds
        from project
       where id = coalesce($1::uuid, (select id from project where is_array_default))
         and ($2::uuid[] is null or id = any($2))
         and (coalesce(settings -> 'redirectOrigins', '[]') = '[]' or settings -> 'redirectOrigins' @> $4::jsonb)
    ),
    time as (
      select now, date_trunc('second', now) as second, gen_random_uuid() as sample, gen_random_uuid() as status,
             taking.id as project, form, seconds
        from taking, app_now() as now
    ),
    sample as (
      insert into sample (id, project_id, client_id, metadata, status, status_id, status_at, created, modified)
      select sample, project, sample::text, $5::jsonb, 'consumer awaiting data', status, now, now, now from time
    ),
    history as (
      insert into sample_status (id, sample_id, status, note, created)
      select status, sample, 'consumer awaiting data', '', now from time
    ),
    event as (
      insert into session_event (sample_id, kind, created) select sample, 'minted', now from time
    ),
    session as (
      insert into upload_session (sample_id, jti, state, locale, redirect_on_success, redirect_on_failure, created,
                                  link_expires_at)
      select sample, $6, 'minted', $7, $8, $9, now, second + make_interval(secs => seconds) from time
    )
    select sample as "sampleId", extract(epoch from second)::float8 as iat,
           extract(epoch from second)::float8 + seconds as exp, form as "linkForm" from time`,
)

/**
 * Insert a sample that awaits data, its first line of history, its session and the event, if there is a project that takes them: the
 * one named or the default, within reach, and with both redirects on its list, if it has one. One statement: all or
 * nothing, by the project as it is then, and one round trip. Times are cut to the whole second, as `expires_at` and the token carry them.
 */
export async function insertSession(
  db: Database | Tx,
  session: NewSession,
): Promise<InsertedSession | undefined> {
  const { metadata } = session
  const [inserted] = await insertMinted(db, [
    session.projectId,
    session.reach,
    session.expiresIn,
    JSON.stringify(session.origins),
    metadata === null ? null : JSON.stringify(metadata),
    session.jti,
    session.locale,
    session.redirectOnSuccess,
    session.redirectOnFailure,
  ])
  return inserted
}

/** Open a minted session within its link window. False when it is not minted any more, or the window is over. */
export async function updateOpened(tx: Tx, sampleId: string): Promise<boolean> {
  // The time is asked once, so that the deadline is exactly the window after the opening.
  const { numAffectedRows } = await sql`
    update upload_session
       set state = 'opened', opened_at = now,
           deadline = now + make_interval(secs => (
             select case when is_test then ${TEST_UPLOAD_WINDOW_SECONDS}::int else ${UPLOAD_WINDOW_SECONDS}::int end
               from project join sample on sample.project_id = project.id where sample.id = ${sampleId}))
      from app_now() as now
     where sample_id = ${sampleId} and state = 'minted' and link_expires_at > now`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * Bring the end of the window that runs nearer, down to now, if the session is minted or opened and belongs to a test
 * project. False when it does not.
 */
export async function updateWindowShortened(tx: Tx, sampleId: string, seconds: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update upload_session
       set link_expires_at = case when state = 'minted'
             then least(link_expires_at, greatest(now, link_expires_at - make_interval(secs => ${seconds})))
             else link_expires_at end,
           deadline = case when state = 'opened'
             then least(deadline, greatest(now, deadline - make_interval(secs => ${seconds}))) end
      from app_now() as now
     where sample_id = ${sampleId} and state in ('minted', 'opened')
       and exists (select from sample join project on project.id = sample.project_id
                    where sample.id = ${sampleId} and project.is_test)`.execute(tx)
  return numAffectedRows === 1n
}

/** End a session that is minted or opened. False when it has ended already. */
export async function updateSessionEnded(
  tx: Tx,
  sampleId: string,
  { state, reason, from }: { state: Session['state']; reason: string | null; from: Session['state'][] },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('upload_session')
    .set({ state, reason, ended_at: sql<Date>`app_now()` })
    .where('sample_id', '=', sampleId)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function updateRejection(tx: Tx, sampleId: string, rejection: Rejection): Promise<void> {
  await tx
    .updateTable('upload_session')
    .set({ last_rejection: JSON.stringify(rejection) })
    .where('sample_id', '=', sampleId)
    .execute()
}

/** Count one more try; the number there are now. */
export async function updateTries(tx: Tx, sampleId: string): Promise<number> {
  const { tries } = await tx
    .updateTable('upload_session')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('sample_id', '=', sampleId)
    .returning('tries')
    .executeTakeFirstOrThrow()
  return tries
}

/**
 * Hold sessions whose window is over, at most `limit`, leaving out those another process holds. Whether a file of
 * theirs is being checked must be asked afterwards: this statement saw the state before it held them.
 */
export async function lockOverdue(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ sample_id: string }>`
    select sample_id from upload_session
     where sample_id = any(array(
       (select sample_id from upload_session
         where state = 'minted' and link_expires_at <= (select app_now())
         order by link_expires_at limit ${limit})
       union all
       (select sample_id from upload_session
         where state = 'opened' and deadline <= (select app_now())
           -- Those whose file is being checked stay here a while: they must not keep the others from their turn.
           and not exists (
             select from upload where upload.sample_id = upload_session.sample_id and upload.state = 'checking')
         order by deadline limit ${limit})))
     limit ${limit} for update skip locked`.execute(tx)
  return rows.map((row) => row.sample_id)
}

export async function insertTimelineEntry(
  tx: Database | Tx,
  sampleId: string,
  event: TimelineEntry,
): Promise<void> {
  await tx
    .insertInto('session_event')
    .values({
      sample_id: sampleId,
      kind: event.kind,
      reason: event.reason ?? null,
      detail: event.detail ?? null,
      created: sql<Date>`app_now()`,
    })
    .execute()
}

export function selectTimeline(
  db: Database | Tx,
  sampleId: string,
): Promise<Pick<Selectable<Schema['session_event']>, 'kind' | 'reason' | 'detail' | 'created'>[]> {
  return db
    .selectFrom('session_event')
    .select(['kind', 'reason', 'detail', 'created'])
    .where('sample_id', '=', sampleId)
    .orderBy('created')
    .execute()
}

/** How many sessions can still be used, by state; a question to two small indexes. */
export async function countUsable(db: Database): Promise<Record<'minted' | 'opened', number>> {
  const { rows } = await sql<Record<'minted' | 'opened', number>>`
    select (select count(*) from upload_session where state = 'minted' and link_expires_at > app_now())::int as minted,
           (select count(*) from upload_session where state = 'opened' and deadline > app_now())::int as opened`.execute(
    db,
  )
  return rows[0]!
}
