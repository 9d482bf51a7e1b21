import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import type { Line } from './giver.ts'

/** A key as it is presented, and its line. */
export interface KeyLine extends Line {
  id: string
  projectId: string | null
  /** SHA-256 of the whole key. */
  hash: Uint8Array
  revokedAt: Date | null
  /** The first instant at which it no longer works. */
  expiresAt: Date | null
  lastUsedAt: Date | null
  /** Null: the usual limit. */
  requestsPerMinute: number | null
  now: Date
}

/** Everyone on whom the grants of this key or person depend, in one statement. An unknown id gives an empty line. */
export async function selectLine(db: Database | Tx, id: string): Promise<Line> {
  const { rows } = await sql<Line>`
    ${lineFrom(sql`api_key.id = ${id}`, sql`id = ${id} or`)}
    select ${LINE}`.execute(db)
  return rows[0]!
}

/** A key, with everyone on whom its grants depend and the time that decides whether it has expired, in one statement. */
export async function selectKeyLine(db: Database | Tx, prefix: string): Promise<KeyLine | undefined> {
  const { rows } = await sql<KeyLine>`
    ${lineFrom(sql`prefix = ${prefix}`)}
    select id, project_id as "projectId", hash, revoked_at as "revokedAt", expires_at as "expiresAt",
           last_used_at as "lastUsedAt", requests_per_minute as "requestsPerMinute", app_now() as now, ${LINE}
      from line where step = 1`.execute(db)
  return rows[0]
}

/** The key that `first` finds, the one it was made with, and so on; and the people of them, or whom `person` finds. */
const lineFrom = (first: RawBuilder<boolean>, person = sql``) => sql`
    with recursive line as (
      select api_key.*, 1 as step from api_key where ${first}
      union all
      select api_key.*, line.step + 1 from line join api_key on api_key.id = line.created_by
    ), person as (
      select * from app_user where ${person} id in (select user_id from line)
        or id in (select created_by from line)
    )`

const LINE = sql`
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'projectId', project_id, 'createdBy', created_by, 'userId', user_id,
          'ended', revoked_at is not null or coalesce(expires_at <= app_now(), false),
          'requestsPerMinute', requests_per_minute,
          'expires', expires_at is not null, 'ipRanges', ip_ranges) order by step), '[]') from line) as keys,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'disabled', disabled_at is not null,
          'projectRoles', (select coalesce(jsonb_object_agg(project_id, role), '{}')
            from user_project_role where user_id = person.id))), '[]') from person) as people`
