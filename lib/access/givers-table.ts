import { prepareStatement } from '#lib/platform/db/prepared-statement.ts'
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

/** The key that `first` finds, the one it was made with, and so on; and the people of them, or whom `person` finds. */
const lineFrom = (first: string, person = '') => `
    with recursive line as (
      select api_key.*, 1 as step from api_key where ${first}
      union all
      select api_key.*, line.step + 1 from line join api_key on api_key.id = line.created_by
    ), person as (
      select * from app_user where ${person} id in (select user_id from line)
        or id in (select created_by from line)
    )`

const LINE = `
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'projectId', project_id, 'createdBy', created_by, 'userId', user_id,
          'ended', revoked_at is not null or coalesce(expires_at <= app_now(), false),
          'requestsPerMinute', requests_per_minute,
          'expires', expires_at is not null, 'ipRanges', ip_ranges) order by step), '[]') from line) as keys,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'disabled', disabled_at is not null,
          'projectRoles', (select coalesce(jsonb_object_agg(project_id, role), '{}')
            from user_project_role where user_id = person.id))), '[]') from person) as people`

const lineOf = prepareStatement<Line>(
  'line of a giver',
  `${lineFrom('api_key.id = $1', 'id = $1 or')}
    select ${LINE}`,
)

/** Everyone on whom the grants of this key or person depend, in one statement. An unknown id gives an empty line. */
export async function selectLine(db: Database | Tx, id: string): Promise<Line> {
  const [line] = await lineOf(db, [id])
  return line!
}

const lineOfKey = prepareStatement<KeyLine>(
  'line of a key',
  `${lineFrom('prefix = $1')}
    select id, project_id as "projectId", hash, revoked_at as "revokedAt", expires_at as "expiresAt",
           last_used_at as "lastUsedAt", requests_per_minute as "requestsPerMinute", app_now() as now, ${LINE}
      from line where step = 1`,
)

/** A key, with everyone on whom its grants depend and the time that decides whether it has expired, in one statement. */
export async function selectKeyLine(db: Database | Tx, prefix: string): Promise<KeyLine | undefined> {
  const [line] = await lineOfKey(db, [prefix])
  return line
}
