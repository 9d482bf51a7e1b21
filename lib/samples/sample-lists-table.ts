import { type RawBuilder, sql } from 'kysely'
import {
  areAskedEach,
  type BoundedList,
  countFirst,
  type Few,
  findFew,
  findPage,
  ownersWithRows,
  type Place,
  type Placed,
  rowsWithIds,
} from '#lib/platform/db/bounded-list.ts'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { COUNT_MAX, isCounted, type ListPage } from '#lib/wire/list-page.ts'
import type { SampleFilter } from './sample-filter.ts'
import { expectFewFoundBy, foundBy } from './sample-search-table.ts'

/** How many samples a page looks at whose filters find many: it may end before it is full, and the next goes on from there. */
const LOOKED_MAX = 10_000
/** The same where more of each is looked up than its row: its texts, its link, its file. */
const LOOKED_UP_MAX = 2_000
/** Of what is put in order otherwise, so much is where that is looked up. */
const LOOKED_UP_SHARE = 0.4
/** More than there are. */
const ALL = 2 ** 31 - 2

/** Samples that something other than their own rows says: as a condition on `sample`, and their ids by an index. */
export interface LookUp {
  is: RawBuilder<boolean>
  ids: RawBuilder<unknown> | null
}

/** Which samples, and in what order. */
export interface SampleQuestion
  extends Pick<SampleFilter, 'search' | 'hidden_status' | 'sort_by' | 'sort_order'>,
    Pick<SampleFilter, 'created_after' | 'created_before' | 'modified_after' | 'modified_before'> {
  /** Of these projects; null: of all. */
  projects: readonly string[] | null
  status?: readonly string[] | undefined
  lookUps?: readonly LookUp[]
}

interface PageAsked extends ListPage {
  /** A first page is not empty where there are others: it looks on until something is found. */
  goesOn?: boolean
}

export interface FoundSamples {
  /** Of all that the question finds, or of those that were counted; never less than have been found so far. */
  count: number
  /** All were counted. */
  all: boolean
  /** Those of the page, in order. */
  rows: Placed[]
  /** Where the next page begins: behind the last row, or where looking for more has ended before the page was full. */
  next: Place | undefined
}

/**
 * One page of samples behind a place or an offset, and how many there are, counted among `countMax` at least. Costs the
 * same however many samples there are, except at an offset, and where it goes on. To be asked at one moment.
 */
export async function selectPlaced(
  db: Database,
  asked: SampleQuestion,
  page: PageAsked,
  countMax: number,
): Promise<FoundSamples> {
  const { projects } = asked
  const question = { ...asked, projects: await ownersWithRows(db, { table: 'sample', owners: projects }) }
  const list = listOf(question)
  const few = (most: number) => fewOf(db, question, most)
  const { rows, end, count } = await findPage(db, list, page, { few, fewMax: COUNT_MAX })
  const found = endPlaced(rows, page.limit, end)
  return count === undefined
    ? { ...(await countMany(db, question, page, { found, countMax })), ...found }
    : { count, all: true, ...found }
}

/** All samples with what is rare of what is asked for, by indexes that count it, or else by a search. */
async function fewOf(db: Database, question: SampleQuestion, most: number): Promise<Few[]> {
  const { search, lookUps = [] } = question
  const parts = partsOf(question, most)
  const few = await findFew(
    db,
    parts.map(({ ids }) => ids),
    most,
  )
  if (few.length === 0)
    return search === '' ? [] : (await expectFewFoundBy(db, search, most)).map((rows) => ({ rows }))
  const isSo = parts.flatMap(({ ids, lookUp }) => (few.includes(ids) ? [lookUp] : []))
  const rest = { ...question, lookUps: lookUps.filter((lookUp) => !isSo.includes(lookUp)) }
  // To look up more of each takes longer than to find it.
  const isTooMany = rest.lookUps.length > 0 && (await findFew(db, few, most * LOOKED_UP_SHARE)).length === 0
  if (isTooMany) return []
  return [{ rows: rowsWithIds('sample', few), wanted: conditions(rest) }]
}

/** Ids of all that has one part of what is asked for, each by an index; of a look-up, that one. */
interface Part {
  ids: RawBuilder<unknown>
  lookUp?: LookUp
}

function partsOf(question: SampleQuestion, most: number): Part[] {
  const { hidden_status, status, lookUps = [] } = question
  const parts: Part[] = lookUps.flatMap((lookUp) => (lookUp.ids ? [{ ids: lookUp.ids, lookUp }] : []))
  const within = (is: RawBuilder<boolean>) => ({
    ids: sql`select id from sample where ${ofProjects(question)} and ${is}`,
  })
  if (hidden_status === 'hidden') parts.push(within(sql`sample.hidden`))
  if (status) {
    const { projects } = question
    const among = projects === null ? sql`true` : sql`project.id = any(${[...projects]}::uuid[])`
    const is = sql.join([sql`sample.status = wanted.status`, ...spanOf(question, 'modified')], sql` and `)
    parts.push({
      ids: sql`select one.id from project cross join unnest(${[...new Set(status)]}::text[]) wanted (status)
      cross join lateral (select id from sample where sample.project_id = project.id
        and ${is} order by sample.modified, sample.id limit ${most + 1}) one where ${among}`,
    })
  }
  for (const column of ['created', 'modified'] as const) {
    const between = spanOf(question, column)
    if (between.length > 0) parts.push(within(sql.join(between, sql` and `)))
  }
  return parts
}

/** The rows of the page, and where the next begins: behind the last if there is another, or here. */
function endPlaced(
  rows: readonly Placed[],
  limit: number,
  end: Place | undefined,
): Pick<FoundSamples, 'rows' | 'next'> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? { value: last.place, id: last.id } : end }
}

/** How many there are of what many are, as far as they are counted. */
async function countMany(
  db: Database,
  question: SampleQuestion,
  page: PageAsked,
  { found, countMax }: { found: Pick<FoundSamples, 'rows' | 'next'>; countMax: number },
): Promise<{ count: number; all: boolean }> {
  const seen = found.rows.length > 0 ? page.offset + found.rows.length : 0
  const isAtEnd = !found.next
  if (isAtEnd && isCounted(page, found.rows)) return { count: page.offset + found.rows.length, all: true }
  const looked = isLookedUp(question) ? Math.min(countMax, LOOKED_UP_MAX) : countMax
  // Beyond the last one, all of them were looked at already.
  const { count, all } = await countFirst(
    db,
    listOf(question),
    isAtEnd && !page.after ? ALL : looked,
    countedBy(question),
  )
  return { count: all ? count : Math.max(count, seen), all }
}

function listOf(question: SampleQuestion): BoundedList {
  const { sort_by, sort_order: direction, projects: owners } = question
  // As in the index that has this order.
  const columns = sort_by === 'status' ? ['status', 'modified'] : sort_by === 'id' ? [] : [sort_by]
  return {
    ...{ table: 'sample', as: 'sample', owners, direction },
    columns: columns.map((name) => ({ name, isTime: name === 'created' || name === 'modified' })),
    indexed: inItsOrder(question),
    wanted: conditions(question),
    looksMax: isLookedUp(question) ? LOOKED_UP_MAX : LOOKED_MAX,
  }
}

/** Whether more of each sample is looked up than its row. */
const isLookedUp = ({ search, lookUps = [] }: SampleQuestion): boolean => search !== '' || lookUps.length > 0

/** The part of it that one index has, and the order of that: what has to be looked at for the others is counted. */
function countedBy(question: SampleQuestion): { is: RawBuilder<boolean>; by: RawBuilder<unknown> } {
  const { projects, status } = question
  const inStatus = status ? [sql<boolean>`sample.status = any(${[...status]})`] : []
  const modified = spanOf(question, 'modified')
  const byStatus = sql`sample.status, sample.modified, sample.id`
  if (areAskedEach(projects) && status && modified.length > 0)
    return { is: sql.join([...inStatus, ...modified], sql` and `), by: byStatus }
  for (const column of ['created', 'modified'] as const) {
    const span = spanOf(question, column)
    if (span.length > 0)
      return { is: sql.join(span, sql` and `), by: sql`${sql.ref(`sample.${column}`)}, sample.id` }
  }
  if (!areAskedEach(projects) || isLookedUp(question))
    return { is: sql`true`, by: sql`sample.created, sample.id` }
  // The index that has all that these ask for: to count in it reads no rows.
  return { is: inStatus[0] ?? sql`true`, by: byStatus }
}

/** The part of it that the index of its order has. */
function inItsOrder(question: SampleQuestion): RawBuilder<boolean> {
  const { sort_by, projects, status } = question
  const all = sort_by === 'created' || sort_by === 'modified' ? spanOf(question, sort_by) : []
  if (areAskedEach(projects) && status?.length === 1 && (sort_by === 'status' || sort_by === 'modified'))
    all.push(sql`sample.status = ${status[0]}`)
  // As a range, since servers before version 17 do not read a list of values in order. Few samples have a status between
  // those of one group.
  else if (areAskedEach(projects) && status && sort_by === 'status')
    all.push(
      sql`sample.status between (select min(one) from unnest(${[...status]}::text[]) one)
        and (select max(one) from unnest(${[...status]}::text[]) one)`,
    )
  return sql.join([sql`true`, ...all], sql` and `)
}

function spanOf(question: SampleQuestion, column: 'created' | 'modified'): RawBuilder<boolean>[] {
  const { [`${column}_after` as const]: from, [`${column}_before` as const]: until } = question
  const at = sql.ref(`sample.${column}`)
  return [
    ...(from ? [sql<boolean>`${at} >= ${from}`] : []),
    ...(until ? [sql<boolean>`${at} < ${pastShown(until)}`] : []),
  ]
}

/** All of it but the projects; null where that is nothing. */
function conditions(question: SampleQuestion): RawBuilder<boolean> | null {
  const { hidden_status, status, search, lookUps = [] } = question
  const all: RawBuilder<boolean>[] = []
  if (hidden_status !== 'all') all.push(sql`sample.hidden = ${hidden_status === 'hidden'}`)
  if (status) all.push(sql`sample.status = any(${[...status]})`)
  all.push(...spanOf(question, 'created'), ...spanOf(question, 'modified'))
  if (search !== '') all.push(foundBy(search))
  all.push(...lookUps.map(({ is }) => is))
  return all.length === 0 ? null : sql.join(all, sql` and `)
}

const ofProjects = ({ projects }: SampleQuestion): RawBuilder<boolean> =>
  projects === null ? sql<boolean>`true` : sql<boolean>`sample.project_id = any(${[...projects]}::uuid[])`
