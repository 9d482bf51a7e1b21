import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { untilFound } from '#lib/wire/list-page.ts'
import type { SampleFilter } from './sample-filter.ts'
import { fewFoundBy, foundBy } from './sample-search-table.ts'

/** What finds no more than this is looked for first, and put in order then. */
const FEW = 4_000
/** How many samples a page looks at whose filters find many: it may end before it is full, and the next goes on from there. */
const LOOKED_MAX = 30_000
/** The same where more of each is looked up than its row: its texts, its link, its file. */
const LOOKED_UP_MAX = 3_000
/** More than there are. */
const ALL = 2 ** 31
const NO_PROJECT = '00000000-0000-0000-0000-000000000000'

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

/** A place in the order of a list. */
interface Place {
  value: string
  id: string
}

interface PageAsked {
  limit: number
  offset: number
  after?: Place | undefined
  /** A first page is not empty where there are others: it looks on until something is found. */
  goesOn?: boolean
}

interface Placed {
  id: string
  /** Its value in the order of the list; times in microseconds since 1970. */
  place: string
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
  question: SampleQuestion,
  page: PageAsked,
  countMax: number,
): Promise<FoundSamples> {
  const few = await fewOf(db, question)
  return few ? selectOfFew(db, question, page, few) : selectOfMany(db, question, page, countMax)
}

/** All samples with the rarest of what is asked for, as rows to select from; null where nothing of it is rare. */
async function fewOf(db: Database, question: SampleQuestion): Promise<RawBuilder<unknown> | null> {
  const parts = partsOf(question)
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join([
      sql`null`,
      ...parts.map(
        (part) => sql`(select count(*) from (select from (${part}) part limit ${FEW + 1}) counted)`,
      ),
    ])}]::int[] as counts`.execute(db)
  const counts = rows[0]!.counts.slice(1)
  const least = Math.min(...counts)
  const searched = question.search === '' || least < FEW / 10 ? null : await fewFoundBy(db, question.search)
  if (searched) return searched
  if (!(least <= FEW)) return null
  // One by one by their keys, whatever the planner thinks of how many there are.
  return sql`(select found.* from (${parts[counts.indexOf(least)]!}) one
    cross join lateral (select * from sample where sample.id = one.id offset 0) found)`
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

/** These few are read once, counted and put in order. */
async function selectOfFew(
  db: Database,
  question: SampleQuestion,
  { limit, offset, after }: PageAsked,
  few: RawBuilder<unknown>,
): Promise<FoundSamples> {
  const { rows } = await sql<{ count: number } & Placed>`
    with found as materialized (
      select id, status, created, modified, client_id from ${few} sample
       where ${ofProjects(question)} and ${conditions(question)}
    )
    select counted.count, page.id, ${placeOf(question, 'page')} as place
      from (select count(*)::int as count from found) counted
      left join lateral (
        select * from found sample where ${behind(question, after)} order by ${order(question, 'sample')}
         limit ${limit + 1} offset ${after ? 0 : offset}
      ) page on true
     order by ${order(question, 'page')}`.execute(db)
  const { count } = rows[0]!
  const found = rows.filter(({ id }) => id !== null)
  return { count, all: true, ...endPlaced(found, limit, undefined) }
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
  const walk = async (after: Place | undefined) => {
    const { rows, end } = await walkFrom(db, question, { ...page, after })
    return endPlaced(rows, page.limit, end)
  }
  const found = page.after || !page.goesOn ? await walk(page.after) : await untilFound(walk)
  const { count, all } = await countSome(
    db,
    question,
    isLookedUp(question) ? Math.min(countMax, LOOKED_UP_MAX) : countMax,
  )
  const seen = found.rows.length > 0 ? page.offset + found.rows.length : 0
  return { count: all ? count : Math.max(count, seen), all, ...found }
}

/** The rows of a page, and one more where there is one, or where looking for more has ended before. */
async function walkFrom(
  db: Database,
  question: SampleQuestion,
  { limit, offset, after }: PageAsked,
): Promise<{ rows: Placed[]; end?: Place }> {
  const { projects } = question
  const owners = projects?.length || 1
  const most = isLookedUp(question) ? LOOKED_UP_MAX : LOOKED_MAX
  // A page at an offset is found however far it is: there is no telling from where to go on. Of each project a whole page
  // at least: without filters none is short.
  const looks = offset > 0 && !after ? ALL : Math.max(limit + 1, Math.ceil(most / owners))
  const skipped = after ? 0 : offset
  const inOrder = order(question, 'sample')
  const walk = (limit: number, skip: number) => (among: RawBuilder<boolean>) =>
    sql`
    select * from sample where ${among} and ${inItsOrder(question)} and ${behind(question, after)}
     order by ${inOrder} limit ${limit} offset ${skip}`
  // The outer limit, without an order of its own, tells the planner that few of these looks are expected.
  const found = (among: RawBuilder<boolean>) => sql`
    select * from (${walk(looks, 0)(among)}) sample where ${conditions(question)} limit ${limit + 1 + skipped}`
  const { rows } = await sql<Placed>`
    select id, ${placeOf(question, 'sample')} as place from (${ofEach(projects, found)}) sample
     order by ${inOrder} limit ${limit + 1} offset ${skipped}`.execute(db)
  if (looks === ALL || (rows.length > limit && owners === 1)) return { rows }
  // Where the first of these walks has ended: beyond that, something may be missing.
  const { rows: ends } = await sql<Place>`
    select ${placeOf(question, 'sample')} as value, id from (${ofEach(projects, walk(1, looks - 1))}) sample
     order by ${inOrder} limit 1`.execute(db)
  const [end] = ends
  if (!end) return { rows }
  const { rows: before } = await sql<{ id: string }>`
    select id from sample where id = any(${rows.map(({ id }) => id)}::uuid[])
       and not ${behind(question, end)}`.execute(db)
  const within = new Set(before.map(({ id }) => id))
  return { rows: rows.filter(({ id }) => within.has(id)), end }
}

/** Whether more of each sample is looked up than its row. */
const isLookedUp = ({ search, lookUps = [] }: SampleQuestion): boolean => search !== '' || lookUps.length > 0

/** How many samples the question finds of the first that it has to look at, and whether those are all. */
async function countSome(
  db: Database,
  question: SampleQuestion,
  max: number,
): Promise<{ count: number; all: boolean }> {
  const { is, by } = countedBy(question)
  const first = (among: RawBuilder<boolean>) => sql`
    select * from sample where ${among} and ${is} order by ${by} limit ${max + 1}`
  const { rows } = await sql<{ looked: number; count: number }>`
    select count(*)::int as looked, (count(*) filter (where found))::int as count from (
      select ${conditions(question)} as found from (${ofEach(question.projects, first)}) sample
       limit ${max + 1}) looked`.execute(db)
  const { looked, count } = rows[0]!
  return { count, all: looked <= max }
}

/** The part of it that one index has, and the order of that: what has to be looked at for the others is counted. */
function countedBy(question: SampleQuestion): { is: RawBuilder<boolean>; by: RawBuilder<unknown> } {
  const { projects, status } = question
  const inStatus = status ? [sql<boolean>`sample.status = any(${[...status]})`] : []
  const modified = spanOf(question, 'modified')
  const byStatus = sql`sample.status, sample.modified, sample.id`
  if (projects !== null && status && modified.length > 0)
    return { is: sql.join([...inStatus, ...modified], sql` and `), by: byStatus }
  for (const column of ['created', 'modified'] as const) {
    const span = spanOf(question, column)
    if (span.length > 0)
      return { is: sql.join(span, sql` and `), by: sql`${sql.ref(`sample.${column}`)}, sample.id` }
  }
  if (projects === null || isLookedUp(question)) return { is: sql`true`, by: sql`sample.created, sample.id` }
  // The index that has all that these ask for: to count in it reads no rows.
  return { is: inStatus[0] ?? sql`true`, by: byStatus }
}

/** The part of it that the index of its order has. */
function inItsOrder(question: SampleQuestion): RawBuilder<boolean> {
  const { sort_by, projects, status } = question
  const all = sort_by === 'created' || sort_by === 'modified' ? spanOf(question, sort_by) : []
  if (projects !== null && status?.length === 1 && (sort_by === 'status' || sort_by === 'modified'))
    all.push(sql`sample.status = ${status[0]}`)
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

/** All of it but the projects. */
function conditions(question: SampleQuestion): RawBuilder<boolean> {
  const { hidden_status, status, search, lookUps = [] } = question
  const all = [sql<boolean>`true`]
  if (hidden_status !== 'all') all.push(sql`sample.hidden = ${hidden_status === 'hidden'}`)
  if (status) all.push(sql`sample.status = any(${[...status]})`)
  all.push(...spanOf(question, 'created'), ...spanOf(question, 'modified'))
  if (search !== '') all.push(foundBy(search))
  return sql.join([...all, ...lookUps.map(({ is }) => is)], sql` and `)
}

const ofProjects = ({ projects }: SampleQuestion): RawBuilder<boolean> =>
  projects === null ? sql<boolean>`true` : sql<boolean>`sample.project_id = any(${[...projects]}::uuid[])`

/** The same question to each project, by its own indexes: each by name, because one has many more samples than another. */
function ofEach(
  projects: SampleQuestion['projects'],
  question: (among: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (projects === null) return question(sql`true`)
  const ids = projects.length > 0 ? projects : [NO_PROJECT]
  return sql.join(
    ids.map((id) => sql`(${question(sql`sample.project_id = ${id}`)})`),
    sql` union all `,
  )
}

/** The columns of the order; the id makes it total, so that pages neither repeat nor skip a sample. */
const columnsOf = ({ sort_by }: SampleQuestion): readonly string[] =>
  // As in the index that has this order.
  sort_by === 'status' ? ['status', 'modified', 'id'] : sort_by === 'id' ? ['id'] : [sort_by, 'id']

const order = (question: SampleQuestion, of: string) =>
  sql.join(
    columnsOf(question).map((column) => sql`${sql.ref(`${of}.${column}`)} ${sql.raw(question.sort_order)}`),
  )

const micros = (of: string) => sql`(extract(epoch from ${sql.ref(of)}) * 1000000)::bigint::text`
const time = (value: string) => sql`timestamptz 'epoch' + ${value}::bigint * interval '1 microsecond'`

function placeOf({ sort_by }: SampleQuestion, of: string): RawBuilder<unknown> {
  if (sort_by === 'created' || sort_by === 'modified') return micros(`${of}.${sort_by}`)
  if (sort_by === 'status') return sql`${sql.ref(`${of}.status`)} || '|' || ${micros(`${of}.modified`)}`
  return sort_by === 'id' ? sql`${sql.ref(`${of}.id`)}::text` : sql.ref(`${of}.client_id`)
}

function behind(question: SampleQuestion, after: Place | undefined): RawBuilder<boolean> {
  if (!after) return sql`true`
  const { sort_by, sort_order } = question
  const [status = '', at = ''] = after.value.split('|')
  const values =
    sort_by === 'status'
      ? [sql`${status}::text`, time(at)]
      : sort_by === 'id'
        ? []
        : [sort_by === 'client_id' ? sql`${after.value}::text` : time(after.value)]
  const columns = columnsOf(question).map((column) => sql.ref(`sample.${column}`))
  return sql`(${sql.join(columns)}) ${sql.raw(sort_order === 'asc' ? '>' : '<')}
    (${sql.join([...values, sql`${after.id}::uuid`])})`
}
