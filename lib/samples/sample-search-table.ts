import { type RawBuilder, sql } from 'kysely'
import { rowsWithIds } from '#lib/platform/db/bounded-list.ts'
import {
  findByIndex,
  hasAllParts,
  isOrderedByBytes,
  lettersInIndex,
} from '#lib/platform/db/find-by-trigrams.ts'
import type { Database } from '#lib/services.ts'
import {
  casesOf,
  containing,
  insideJson,
  isSearchedNumber,
  isSoughtAnywhere,
  searchedPartsOf,
  startingWith,
} from '#lib/wire/search-text.ts'

/**
 * Samples that a search finds, as a condition on `sample`. The text occurs, in any case, in id, client id, or a key or
 * value of metadata. The text of its JSON, which index `sample_search` is on, contains all of them, escaped, and its
 * punctuation besides. A text of less than a trigram is the beginning of the client id.
 */
export function foundBy(text: string): RawBuilder<boolean> {
  if (!isSoughtAnywhere(text)) return sql`sample.client_id ilike ${startingWith(text)}`
  const pattern = containing(text)
  return sql`(sample.id::text ilike ${pattern} or sample.client_id ilike ${pattern}
    or (sample.metadata::text ilike ${containing(insideJson(text))} and exists (
      select from jsonb_path_query(sample.metadata, 'strict $.**') as part
      where case jsonb_typeof(part)
        when 'object' then exists (select from jsonb_object_keys(part) as key where key ilike ${pattern})
        when 'array' then false
        else (part #>> '{}') ilike ${pattern} end)))`
}

/**
 * Rows to select from, all that a search finds of all samples among them, if an index finds them and they are no more than
 * `most`; otherwise null. What else is among them is for the reader to leave out.
 */
export async function fewFoundBy(
  db: Database,
  text: string,
  most: number,
): Promise<RawBuilder<unknown> | null> {
  const find = async (is: RawBuilder<boolean>) => {
    const ids = await findByIndex(db, { from: sql`sample`, is, max: most })
    return ids && rowsWithIds('sample', ids)
  }
  if (!isSoughtAnywhere(text)) {
    const cases = casesOf(text)
    if (cases === null || !(await isOrderedByBytes(db))) return null
    return find(anyOf(cases.map((one) => sql`sample.client_id like ${startingWith(one)}`)))
  }
  const letters = await lettersInIndex(db, 'sample_search')
  if (letters === null) return null
  const columns = [
    { column: sql`sample.client_id`, parts: searchedPartsOf(text, letters) },
    { column: sql`(sample.metadata::text)`, parts: searchedPartsOf(insideJson(text), letters) },
    ...(/^[\da-f-]+$/i.test(text)
      ? [{ column: sql`(sample.id::text)`, parts: searchedPartsOf(text, letters) }]
      : []),
  ]
  if (columns.some(({ parts }) => parts.length === 0)) return null
  const having = (all: boolean) =>
    anyOf(columns.map(({ column, parts }) => hasAllParts(column, all ? parts : parts.slice(0, 1))))
  // By its number alone first: what is around it, as `client-`, many have.
  const one = isSearchedNumber(columns[0]!.parts[0]!) ? await find(having(false)) : null
  return one ?? find(having(true))
}

const anyOf = (all: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(all, sql` or `)})`
