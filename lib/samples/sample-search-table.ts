import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import { containing, hasTrigram, insideJson, startingWith } from '#lib/wire/search-text.ts'

/** What finds no more of all samples than this, or no larger part of them, counts as few. */
const FEW = 10_000
const FEW_PART = 0.02

/**
 * Samples that a search finds, as a condition on `sample`. The text occurs, in any case, in id, client id, or a key or
 * value of metadata. The text of its JSON, which index `sample_search` is on, contains all of them, escaped, and its
 * punctuation besides. A text that this index cannot look up is the beginning of the client id.
 */
export function foundBy(text: string): RawBuilder<boolean> {
  const pattern = containing(text)
  return sought(
    text,
    sql`exists (
      select from jsonb_path_query(sample.metadata, 'strict $.**') as part
      where case jsonb_typeof(part)
        when 'object' then exists (select from jsonb_object_keys(part) as key where key ilike ${pattern})
        when 'array' then false
        else (part #>> '{}') ilike ${pattern} end)`,
  )
}

function sought(text: string, isValue: RawBuilder<boolean>): RawBuilder<boolean> {
  if (!hasTrigram(text)) return sql`sample.client_id ilike ${startingWith(text)}`
  const pattern = containing(text)
  return sql`(sample.id::text ilike ${pattern} or sample.client_id ilike ${pattern}
    or (sample.metadata::text ilike ${containing(insideJson(text))} and ${isValue}))`
}

/** Whether the planner expects a search to find few of all samples. */
export async function estimateFew(db: Database, text: string): Promise<boolean> {
  const [all, some] = await Promise.all([
    estimateRows(db, sql`select from sample`),
    // Of what is in a JSON the planner has no idea.
    estimateRows(db, sql`select from sample where ${sought(text, sql`true`)}`),
  ])
  return some <= Math.max(FEW, FEW_PART * all)
}

/** How many rows the planner expects of a query. */
export async function estimateRows(db: Database, query: Expression<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) ${query}`.execute(db)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}
