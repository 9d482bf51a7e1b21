import { type Kysely, type RawBuilder, sql } from 'kysely'
import { withoutSteps } from './bounded-list.ts'
import { estimateRows } from './estimate-rows.ts'
import type { Schema } from './schema.ts'

type Database = Kysely<Schema>

/** What an index of trigrams takes for letters: where the database's locale is C, those of ASCII alone. */
export type Letters = 'ascii' | 'unicode'

/** What this index takes for letters; null where there is no such index. */
export async function lettersInIndex(db: Database, index: string): Promise<Letters | null> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${index}) is not null as there`.execute(
    db,
  )
  if (!rows[0]!.there) return null
  const shown = await sql<{ ascii: boolean }>`select show_trgm('é') = '{}' as ascii`.execute(db)
  return shown.rows[0]!.ascii ? 'ascii' : 'unicode'
}

/** Whether a text has each of these parts, as the operator matches it. */
export const hasAllParts = (
  column: RawBuilder<unknown>,
  parts: readonly { operator: 'ilike' | '~*'; pattern: string }[],
): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    parts.map(({ operator, pattern }) => sql`${column} ${sql.raw(operator)} ${pattern}`),
    sql` and `,
  )})`

/** Rows to select from, of what is so by an index of trigrams, if the planner expects no more than so many. */
export async function expectFew(
  db: Database,
  { from, is, most }: { from: RawBuilder<unknown>; is: RawBuilder<unknown>; most: number },
): Promise<RawBuilder<unknown>[]> {
  const rows = sql`select * from ${from} where ${is}`
  return (await estimateRows(db, rows)) > most ? [] : [sql`(${rows})`]
}

/**
 * Ids of what is so, as rows to select from, by an index that finds those and looks at few others. Null if they are more
 * than `max`: of so many not all are read, whatever the planner expects.
 */
export async function findByIndex(
  db: Database,
  { from, is, max }: { from: RawBuilder<unknown>; is: RawBuilder<unknown>; max: number },
): Promise<RawBuilder<unknown> | null> {
  if ((await expectFew(db, { from, is, most: max })).length === 0) return null
  const ask = (db: Database) =>
    // Where it expects many on few pages, the planner would read all pages.
    withoutSteps(db, ['enable_seqscan', 'jit'], () =>
      sql<{ id: string }>`select id from ${from} where ${is} limit ${max + 1}`.execute(db),
    )
  const { rows } = await (db.isTransaction ? ask(db) : db.transaction().execute(ask))
  return rows.length > max ? null : sql`select unnest(${rows.map(({ id }) => id)}::uuid[]) as id`
}

/** Whether texts are in the order of their bytes, in which a plain index has all that begin alike beside each other. */
export async function isOrderedByBytes(db: Database): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select provider = 'b' or (provider = 'c' and datcollate in ('C', 'POSIX')) as is
      from pg_database, lateral (select datlocprovider::text as provider) of_it
     where datname = current_database()`.execute(db)
  return rows[0]!.is
}
