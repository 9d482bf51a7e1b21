import { type Kysely, sql } from 'kysely'

/** One step of the schema, named in `migrate.ts`. It only adds: see docs/decisions/0009. */
export interface Migration {
  // biome-ignore lint/suspicious/noExplicitAny: a migration works on tables as they were then, not as schema.ts has them now
  up(db: Kysely<any>): Promise<void>
  /**
   * Runs outside a transaction, so that it locks nobody out however large a table is. It may be broken off between any
   * two statements and is then run again from the start: every statement must be safe to run twice. As in any other, a
   * statement that waits too long for a lock breaks it off; `patiently` is for those that nobody waits for.
   */
  online?: true
}

/**
 * Let `act` wait for locks as long as it takes: for work on rows, and on indexes that are built or dropped concurrently,
 * which nobody queues up behind. Only in an online migration; one that fails has its time-out set anew with the next try.
 */
export async function patiently(db: Kysely<unknown>, act: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ before: string }>`select current_setting('lock_timeout') as before`.execute(db)
  await sql`set lock_timeout = 0`.execute(db)
  await act()
  await sql`select set_config('lock_timeout', ${rows[0]!.before}, false)`.execute(db)
}

/**
 * Build an index while others read and write the table. One that a broken-off attempt left behind is not usable and is
 * built again. Only in an online migration.
 */
export async function createIndexOnline(
  db: Kysely<unknown>,
  name: string,
  definition: string,
  kind: 'unique' | '' = '',
): Promise<void> {
  const { rows } = await sql<{ valid: boolean }>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass(${name})`.execute(db)
  if (rows[0]?.valid) return
  if (rows[0]) await dropIndexOnline(db, name)
  await patiently(db, () => sql.raw(`create ${kind} index concurrently ${name} ${definition}`).execute(db))
}

/** Drop an index while others read and write the table. Only in an online migration. */
export const dropIndexOnline = (db: Kysely<unknown>, name: string): Promise<void> =>
  patiently(db, () => sql.raw(`drop index concurrently if exists ${name}`).execute(db))

/** Pages of a table, of 8 kB each, that one statement of `fillOnline` works on. */
const PAGES = 500

/**
 * Give every row of a large table its value, a few hundred pages at a time, each in a transaction of its own: `set` is
 * the part of an `update` from `set` on, and `unset` is what a row without its value looks like. Rows that others write
 * meanwhile must get theirs by a default or a trigger. Ends with a pass that finds nothing left to do.
 */
export const fillOnline = (db: Kysely<unknown>, table: string, values: Values): Promise<void> =>
  patiently(db, () => fill(db, table, values))

interface Values {
  set: string
  unset: string
}

async function fill(db: Kysely<unknown>, table: string, { set, unset }: Values): Promise<void> {
  let filled: bigint
  do {
    filled = 0n
    const pages = await sql<{ pages: string }>`
      select pg_relation_size(to_regclass(${table})) / current_setting('block_size')::int as pages`.execute(
      db,
    )
    for (let page = 0; page <= Number(pages.rows[0]!.pages); page += PAGES) {
      const { numAffectedRows } = await sql
        .raw(
          `update ${table} ${set} and ${unset} and ${table}.ctid >= '(${page},0)' and ${table}.ctid < '(${page + PAGES},0)'`,
        )
        .execute(db)
      filled += numAffectedRows ?? 0n
    }
  } while (filled > 0n)
}
