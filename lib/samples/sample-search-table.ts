import { type RawBuilder, sql } from 'kysely'
import { rowsWithIds } from '#lib/platform/db/bounded-list.ts'
import {
  expectFew,
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
  isInsideAnyJson,
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
  const isInPart = sql`exists (
      select from jsonb_path_query(sample.metadata, 'strict $.**') as part
      where case jsonb_typeof(part)
        when 'object' then exists (select from jsonb_object_keys(part) as key where key ilike ${pattern})
        when 'array' then false
        else (part #>> '{}') ilike ${pattern} end)`
  // To look into each key and value takes longer than all the rest.
  const isInside = isInsideAnyJson(text)
    ? sql`(strpos(sample.metadata::text, '\\') = 0 or ${isInPart})`
    : isInPart
  const isInId = isPartOfId(text) ? sql`or sample.id::text ilike ${pattern}` : sql``
  return sql`(sample.client_id ilike ${pattern} ${isInId}
    or (sample.metadata::text ilike ${containing(insideJson(text))} and ${isInside}))`
}

/**
 * Conditions on `sample` by which an index finds all that a search finds, and maybe others: to be tried in turn, the first
 * at the least cost. None where no index does.
 */
async function indexedBy(db: Database, text: string): Promise<RawBuilder<boolean>[]> {
  if (!isSoughtAnywhere(text)) {
    const cases = casesOf(text)
    if (cases === null || !(await isOrderedByBytes(db))) return []
    return [anyOf(cases.map((one) => sql`sample.client_id like ${startingWith(one)}`))]
  }
  const letters = await lettersInIndex(db, 'sample_search')
  if (letters === null) return []
  const columns = [
    { column: sql`sample.client_id`, parts: searchedPartsOf(text, letters) },
    { column: sql`(sample.metadata::text)`, parts: searchedPartsOf(insideJson(text), letters) },
    ...(isPartOfId(text) ? [{ column: sql`(sample.id::text)`, parts: searchedPartsOf(text, letters) }] : []),
  ]
  if (columns.some(({ parts }) => parts.length === 0)) return []
  const having = (all: boolean) =>
    anyOf(columns.map(({ column, parts }) => hasAllParts(column, all ? parts : parts.slice(0, 1))))
  // By its number alone first: what is around it, as `client-`, many have.
  const [first, ...others] = columns[0]!.parts
  return isSearchedNumber(first!) && others.length > 0 ? [having(false), having(true)] : [having(true)]
}

/** Rows to select from, all that a search finds of all samples among them, expected to be no more than `most`, to be tried in turn. */
export async function expectFewFoundBy(
  db: Database,
  text: string,
  most: number,
): Promise<RawBuilder<unknown>[]> {
  const found: RawBuilder<unknown>[] = []
  for (const is of await indexedBy(db, text))
    found.push(...(await expectFew(db, { from: sql`sample`, is, most })))
  return found
}

/** The same as read: null where each is more. What else is among them is for the reader to leave out. */
export async function fewFoundBy(
  db: Database,
  text: string,
  most: number,
): Promise<RawBuilder<unknown> | null> {
  for (const is of await indexedBy(db, text)) {
    const ids = await findByIndex(db, { from: sql`sample`, is, max: most })
    if (ids) return rowsWithIds('sample', [ids])
  }
  return null
}

const isPartOfId = (text: string): boolean => /^[\da-f-]+$/i.test(text)

const anyOf = (all: RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(all, sql` or `)})`
