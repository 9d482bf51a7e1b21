import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Delete at most so many of a table's rows where this holds, skipping rows that another transaction has locked. Returns
 * whether there may be more.
 */
export async function deleteSome(
  db: Kysely<Schema>,
  table: keyof Schema,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ctid = any(array(
      select ctid from ${sql.table(table)} where ${condition} limit ${limit} for update skip locked))`.execute(
    db,
  )
  return Number(numAffectedRows) === limit
}
