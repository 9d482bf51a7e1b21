import { type RawBuilder, sql } from 'kysely'
import {
  areAskedEach,
  type BoundedList,
  countFirst,
  findFewest,
  ownersWithRows,
  type Place,
  type Placed,
  rowsWithIds,
  selectOfFew,
  walkList,
} from '#lib/platform/db/bounded-list.ts'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { untilFound } from '#lib/wire/list-page.ts'
import type { SampleFilter } from './sample-filter.ts'
import { fewFoundBy, foundBy } from './sample-search-table.ts'

/** What finds no more than this is looked for first, and put in order then. */
const FEW = 4_000
/** How many samples a page looks at whose filters find many: it may end before it is full, and the next goes on from there. */
const LOOKED_MAX = 10_000
/** The same where more of each is looked up than its row: its texts, its link, its file. */
const LOOKED_UP_MAX = 2_000
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

interface PageAsked {
  limit: number
  offset: number
  after?: Place | undefined
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
  const few = await fewOf(db, question)
  if (!few) return selectOfMany(db, question, page, countMax)
  const { count, rows } = await selectOfFew(db, listOf(question), page, few)
  return { count, all: true, ...endPlaced(rows, page.limit, undefined) }
}

/** All samples with the rarest of what is asked for, as rows to select from; null where nothing of it is rare. */
async function fewOf(db: Database, question: SampleQuestion): Promise<RawBuilder<unknown> | null> {
  const fewest = await findFewest(db, partsOf(question), FEW)
  const searched =
    question.search === '' || (fewest && fewest.count < FEW / 10)
      ? null
      : await fewFoundBy(db, question.search, FEW)
  return searched ?? (fewest ? rowsWithIds('sample', fewest.query) : null)
}

/** Ids of all that has one part of what is asked for, each by an index. */
function partsOf(question: SampleQuestion): RawBuilder<unknown>[] {
  const { hidden_status, status, lookUps = [] } = question
  const parts = lookUps.flatMap(({ ids }) => (ids ? [ids] : []))
  const within = (is: RawBuilder<boolean>) =>
    sql`select id from sample where ${ofProjects(question)} and ${is}`
  if (hidden_status === 'hidden') parts.push(within(sql`sample.hidden`))
  if (status) {
    const { projects } = question
    const among = projects === null ? sql`true` : sql`project.id = any(${[...projects]}::uuid[])`
    const is = sql.join([sql`sample.status = wanted.status`, ...spanOf(question, 'modified')], sql` and `)
    parts.push(sql`select one.id from project cross join unnest(${[...new Set(status)]}::text[]) wanted (status)
      cross join lateral (select id from sample where sample.project_id = project.id
        and ${is} order by sample.modified, sample.id limit ${FEW + 1}) one where ${among}`)
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

/** What many are is found soon along the order of the list, or the page ends after so many looks. */
async function selectOfMany(
  db: Database,
  question: SampleQuestion,
  page: PageAsked,
  countMax: number,
): Promise<FoundSamples> {
  const list = listOf(question)
  const walk = async (after: Place | undefined) => {
    const { rows, end } = await walkList(db, list, { ...page, after })
    return endPlaced(rows, page.limit, end)
  }
  const found = await (!page.after && page.goesOn ? untilFound(walk) : walk(page.after))
  const seen = found.rows.length > 0 ? page.offset + found.rows.length : 0
  const isWhole = !page.after && !found.next
  if (isWhole && (seen > 0 || page.offset === 0)) return { count: seen, all: true, ...found }
  const looked = isLookedUp(question) ? Math.min(countMax, LOOKED_UP_MAX) : countMax
  // Beyond the last one, all of them were looked at already.
  const { count, all } = await countFirst(db, list, isWhole ? ALL : looked, countedBy(question))
  return { count: all ? count : Math.max(count, seen), all, ...found }
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
