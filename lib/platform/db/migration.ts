import { type Kysely, sql } from 'kysely'

/** One step of the schema, named in `migrate.ts`. It only adds: see docs/decisions/0009. */
export interface Migration {
  // biome-ignore lint/suspicious/noExplicitAny: a migration works on tables as they were then, not as schema.ts has them now
  up(db: Kysely<any>): Promise<void>
  /**
   * Runs outside a transaction, so that it locks nobody out however large a table is. It may be broken off between any
   * two statements and is then run again from the start: every statement must be safe to run twice.
   */
  online?: true
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
  if (rows[0]) await sql.raw(`drop index concurrently ${name}`).execute(db)
  await sql.raw(`create ${kind} index concurrently ${name} ${definition}`).execute(db)
}

/** Pages of a table, of 8 kB each, that one statement of `fillOnline` works on. */
const PAGES = 500

/**
 * Give every row of a large table its value, a few hundred pages at a time, each in a transaction of its own: `set` is
 * the part of an `update` from `set` on, and `unset` is what a row without its value looks like. Rows that others write
 * meanwhile must get theirs by a default or a trigger. Ends with a pass that finds nothing left to do.
 */
export async function fillOnline(
  db: Kysely<unknown>,
  table: string,
  { set, unset }: { set: string; unset: string },
): Promise<void> {
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
