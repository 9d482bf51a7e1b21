import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'

const WINDOW_SECONDS = 60

/**
 * Use one of `limit` tries a minute, counted for all processes together. Returns undefined when allowed, else the
 * seconds to wait; a refused try costs nothing. Only the SHA-256 of the name is stored, until it no longer counts.
 */
export async function takeTry(db: Database, name: string, limit: number): Promise<number | undefined> {
  const key = sql`sha256(convert_to(${name}::text, 'UTF8'))`
  // A time ahead of the clock was written before the clock was set back: it must not keep anyone out.
  const recent = sql`(select coalesce(array_agg(time order by time), '{}') from unnest(seen.times) time
    where time > app_now() - make_interval(secs => ${WINDOW_SECONDS}) and time <= app_now())`
  const taken = await sql`
    insert into sign_in_try as seen (name, times, quiet_at)
    values (${key}, array[app_now()], app_now() + make_interval(secs => ${WINDOW_SECONDS}))
    on conflict (name) do update
      set times = ${recent} || excluded.times, quiet_at = excluded.quiet_at
      where cardinality(${recent}) < ${limit}
    returning 1`.execute(db)
  if (taken.rows.length > 0) return undefined
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from seen.times[cardinality(seen.times) - ${limit}::integer + 1] - app_now()))::integer
      + ${WINDOW_SECONDS}::integer as seconds
    from sign_in_try seen where name = ${key}`.execute(db)
  return Math.max(1, rows[0]?.seconds ?? 1)
}

/** Take back the latest try of this name: it came to nothing through no fault of whoever made it. */
export async function returnTry(db: Database, name: string): Promise<void> {
  await sql`
    update sign_in_try set times = times[:cardinality(times) - 1]
     where name = sha256(convert_to(${name}::text, 'UTF8'))`.execute(db)
}

/** Delete what no longer counts. */
export async function deleteQuietTries(db: Database): Promise<void> {
  await db.deleteFrom('sign_in_try').where('quiet_at', '<', sql<Date>`app_now()`).execute()
}
