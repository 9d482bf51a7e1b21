import { sql } from 'kysely'
import { deleteSome } from '#lib/platform/db/delete-some.ts'
import type { Database } from '#lib/services.ts'

const WINDOW_SECONDS = 60

/**
 * Use one of `limit` tries a minute, counted for all processes together. Returns undefined when allowed, else the
 * seconds to wait; a refused try costs nothing. Only the SHA-256 of the name is stored, until it no longer counts.
 */
export async function takeTry(db: Database, name: string, limit: number): Promise<number | undefined> {
  // Most of a flood ends here: without a write, and without the lock of a row that all others wait for.
  const refused = await secondsToWait(db, name, limit)
  if (refused !== undefined) return refused
  const taken = await sql`
    insert into sign_in_try as seen (name, times, quiet_at)
    values (${keyOf(name)}, array[app_now()], app_now() + make_interval(secs => ${WINDOW_SECONDS}))
    on conflict (name) do update
      set times = (select coalesce(array_agg(time order by time), '{}') ${RECENT}) || excluded.times,
          quiet_at = excluded.quiet_at
      where (select count(*) ${RECENT}) < ${limit}
    returning 1`.execute(db)
  if (taken.rows.length > 0) return undefined
  return (await secondsToWait(db, name, limit)) ?? 1
}

const keyOf = (name: string) => sql`sha256(convert_to(${name}::text, 'UTF8'))`

/** A time ahead of the clock was written before the clock was set back: it must not keep anyone out. */
const RECENT = sql`from unnest(seen.times) time
  where time > app_now() - make_interval(secs => ${WINDOW_SECONDS}) and time <= app_now()`

/** Undefined while one of the tries is left. */
async function secondsToWait(db: Database, name: string, limit: number): Promise<number | undefined> {
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from oldest.time - app_now()))::integer + ${WINDOW_SECONDS}::integer as seconds
      from sign_in_try seen
      cross join lateral (select time ${RECENT} order by time desc offset ${limit - 1} limit 1) oldest
     where seen.name = ${keyOf(name)}`.execute(db)
  return rows[0] && Math.max(1, rows[0].seconds)
}

/** Take back the latest try of this name: it came to nothing through no fault of whoever made it. */
export async function returnTry(db: Database, name: string): Promise<void> {
  await sql`
    update sign_in_try set times = times[:cardinality(times) - 1]
     where name = ${keyOf(name)}`.execute(db)
}

/** Delete at most so many of what no longer counts. Returns whether there may be more. */
export const deleteQuietTries = (db: Database, limit: number): Promise<boolean> =>
  deleteSome(db, 'sign_in_try', sql`quiet_at < (select app_now())`, limit)
