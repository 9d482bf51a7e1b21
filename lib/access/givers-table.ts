import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import type { GivingKey, GivingPerson, Line } from './giver.ts'

/** Everyone on whom the grants of this key or person depend, in one statement. An unknown id gives an empty line. */
export async function selectLine(db: Database | Tx, id: string): Promise<Line> {
  const { rows } = await sql<{ keys: GivingKey[]; people: GivingPerson[] }>`
    with recursive line as (
      select api_key.*, 1 as step from api_key where id = ${id}
      union all
      select api_key.*, line.step + 1 from line join api_key on api_key.id = line.created_by
    ), person as (
      select * from app_user where id = ${id}
        or id in (select user_id from line) or id in (select created_by from line)
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'projectId', project_id, 'createdBy', created_by, 'userId', user_id,
          'ended', revoked_at is not null or coalesce(expires_at <= app_now(), false),
          'requestsPerMinute', requests_per_minute,
          'expires', expires_at is not null, 'ipRanges', ip_ranges) order by step), '[]') from line) as keys,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', id, 'role', role, 'disabled', disabled_at is not null,
          'projectRoles', (select coalesce(jsonb_object_agg(project_id, role), '{}')
            from user_project_role where user_id = person.id))), '[]') from person) as people`.execute(db)
  return rows[0]!
}
