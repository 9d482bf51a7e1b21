import { type Selectable, sql } from 'kysely'
import type { Role } from '#lib/access/role.ts'
import { countAndPage } from '#lib/platform/db/count-and-page.ts'
import { deleteSome } from '#lib/platform/db/delete-some.ts'
import { microsecondsOf, timeOf } from '#lib/platform/db/microseconds.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { CONSOLE_SESSION } from './console-session.ts'

/** A session of the console. */
export interface UserSession {
  id: string
  created: Date
  /** The last request, to five minutes. */
  seenAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
}

const fromRow = (row: Selectable<Schema['user_session']>): UserSession => ({
  id: row.id,
  created: row.created,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  ipAddress: row.ip_address,
  userAgent: row.user_agent,
})

/** A session that has not ended, and the person it belongs to. */
export interface SessionUser {
  id: string
  userId: string
  role: Role | null
  projectRoles: Record<string, Role>
  /** Whether `seen_at` is old enough to be written again. */
  stale: boolean
}

const seconds = (count: number) => sql`make_interval(secs => ${count})`
const IDLE = seconds(CONSOLE_SESSION.idleSeconds)
const WHOLE = seconds(CONSOLE_SESSION.wholeSeconds)
const SEEN = seconds(CONSOLE_SESSION.seenSeconds)

/** The session with this token, while it lasts and its person may sign in. */
export function selectSessionUser(db: Database, token: string): Promise<SessionUser | undefined> {
  return live(db)
    .innerJoin('app_user', 'app_user.id', 'user_session.user_id')
    .select([
      'user_session.id',
      'user_session.user_id as userId',
      sql<Role | null>`app_user.role`.as('role'),
      sql<Record<string, Role>>`coalesce((
        select jsonb_object_agg(project_id, role) from user_project_role where user_id = app_user.id
      ), '{}')`.as('projectRoles'),
      sql<boolean>`seen_at < app_now() - ${SEEN}`.as('stale'),
    ])
    .where('user_session.token', '=', token)
    .where('app_user.disabled_at', 'is', null)
    .executeTakeFirst()
}

const live = (db: Database) =>
  db
    .selectFrom('user_session')
    .where('user_session.expires_at', '>', sql<Date>`(select app_now())`)
    .where('user_session.created', '>', sql<Date>`(select app_now()) - ${WHOLE}`)

/** Note that the session is in use: it ends a day from now. */
export async function touchSession(db: Database, { id, stale }: SessionUser): Promise<void> {
  if (!stale) return
  await db
    .updateTable('user_session')
    .set({ seen_at: sql<Date>`app_now()`, expires_at: sql<Date>`app_now() + ${IDLE}` })
    .where('id', '=', id)
    .execute()
}

/** One page of the sessions of a person that have not ended, last used first, behind a place or an offset, and one row more. */
export async function selectSessions(
  db: Database,
  userId: string,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: (UserSession & { place: string })[] }> {
  const found = live(db).where('user_id', '=', userId)
  const some = found.select('id').limit(COUNT_MAX + 1)
  const behind = sql<boolean>`(seen_at, id) < (${timeOf(after?.value)}, ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const { count, rows } = await countAndPage(
    db,
    some.as('some'),
    page
      .selectAll()
      .select(sql<string>`${microsecondsOf('seen_at')}::text`.as('place'))
      .orderBy('seen_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1),
  )
  return { count, rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/**
 * End sessions of a person: this one, or all but one, and then also those that wait for their second step. Returns how
 * many sessions there were.
 */
export async function deleteSessions(
  db: Database | Tx,
  userId: string,
  { only, but }: { only?: string | undefined; but?: string | undefined } = {},
): Promise<number> {
  let ending = db.deleteFrom('user_session').where('user_id', '=', userId)
  if (only !== undefined) ending = ending.where('id', '=', only)
  if (but !== undefined) ending = ending.where('id', '!=', but)
  // better-auth keeps the person's id as the value of a second step under way.
  if (only === undefined) await db.deleteFrom('sign_in_verification').where('value', '=', userId).execute()
  return Number((await ending.executeTakeFirst()).numDeletedRows)
}

/** Delete at most so many sessions, second steps and links each whose time is over. Returns whether there may be more. */
export async function deleteOverdueSessions(db: Database, limit: number): Promise<boolean> {
  let isMore = false
  for (const [table, after] of [
    ['user_session', '0'],
    ['sign_in_verification', '1 day'],
    ['sign_in_link', '30 days'],
  ] as const) {
    const overdue = sql`expires_at < (select app_now()) - ${after}::interval`
    if (await deleteSome(db, table, overdue, limit)) isMore = true
  }
  return isMore
}
