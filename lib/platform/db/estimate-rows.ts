import { type Expression, type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** How many rows the planner expects of a query. */
export async function estimateRows(db: Kysely<Schema>, query: Expression<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) ${query}`.execute(db)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}
