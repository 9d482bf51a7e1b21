import { type RawBuilder, sql } from 'kysely'
import { estimateRows } from '#lib/platform/db/estimate-rows.ts'
import type { Database } from '#lib/services.ts'
import {
  containing,
  hasTrigram,
  insideJson,
  longestNumber,
  searchWords,
  startingWith,
} from '#lib/wire/search-text.ts'

/** The same of what is so rare that few others are looked at on its account. */
const RARE = 1_000
const RARE_PART = 0.001

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

/**
 * What a search finds of all samples, as rows to select from, if the planner expects no more than `most`; otherwise null. The
 * offsets keep the planner from reading an index of the project as well, whose entries are many more.
 */
export async function fewFoundBy(
  db: Database,
  text: string,
  most: number,
): Promise<RawBuilder<unknown> | null> {
  const rows = (part: string) =>
    // Of what is in a JSON the planner has no idea.
    estimateRows(db, sql`select from sample where ${sought(part, sql`true`)}`)
  const [all, found] = await Promise.all([estimateRows(db, sql`select from sample`), rows(text)])
  if (found > most) return null
  // Together they may be in none, and the index would still go through all that have the one or the other.
  const words = searchWords(text)
  if (words.length > 1 && Math.min(...(await Promise.all(words.map(rows)))) > most) return null
  // Looked up by its number alone where that is rare: what is around it, as `client-`, many have.
  const number = longestNumber(text)
  if (number === undefined || (await rows(number)) > Math.max(RARE, RARE_PART * all))
    return sql`(select * from sample where ${foundBy(text)} offset 0)`
  return sql`(select * from (select * from sample where ${sought(number, sql`true`)} offset 0) sample
    where ${foundBy(text)} offset 0)`
}
