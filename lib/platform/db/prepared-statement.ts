import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Begins a statement that is prepared, and holds its name; `pg_stat_activity` shows it, too. */
const MARK = /^\/\* ([a-z ]{1,60}) \*\/ /

/**
 * A statement that runs with every request of a kind: fixed text with `$1`, `$2`, …, parsed once by each connection and built once
 * here, where any other costs both each time. The name is of this statement alone; one of other than letters and blanks throws.
 */
export function prepareStatement<Row>(
  name: string,
  text: string,
): (db: Kysely<Schema> | Transaction<Schema>, values: readonly unknown[]) => Promise<Row[]> {
  const marked = `/* ${name} */ ${text}`
  if (nameOfStatement(marked) !== name) throw new Error(`"${name}" names no statement that is prepared`)
  return async (db, values) =>
    (await db.executeQuery(CompiledQuery.raw(marked, [...values]) as CompiledQuery<Row>)).rows
}

/** The name under which a connection keeps this statement; undefined for one that is not prepared. */
export const nameOfStatement = (text: string): string | undefined => MARK.exec(text)?.[1]
