import { type Kysely, type RawBuilder, sql } from 'kysely'
import { microsecondsOf, timeOf } from './microseconds.ts'
import type { Schema } from './schema.ts'

type Database = Kysely<Schema>

/** How many owners are asked one by one. The rows of more are looked for among all: to plan so many questions takes longer. */
const EACH_MAX = 64
/** More than there are. */
const ALL = 2 ** 31
/** How many are put in order where a page has looked as far as it may without finding one: to look on would take longer. */
const SORTED_MAX = 50_000

/** Whose rows, null among them for rows of no project; null: everybody's. */
export type Owners = readonly (string | null)[] | null

/** Rows of a table with `id` and `project_id`, in an order that has an index, in all and within a project. */
export interface BoundedList {
  table: string
  /** What the conditions call it. */
  as: string
  owners: Owners
  /** The columns of the order; the id, which is the last, makes it total, so that pages neither repeat nor skip a row. */
  columns: readonly { name: string; isTime: boolean }[]
  direction: 'asc' | 'desc'
  /** The part of what is asked for that the index of the order has. */
  indexed: RawBuilder<boolean>
  /** The rest of it, but the owners; null where there is none. */
  wanted: RawBuilder<boolean> | null
  /** How many rows a page looks at, of several owners half as many: it may end before it is full, and the next goes on from there. */
  looksMax: number
}

/** A place in the order of a list. */
export interface Place {
  /** The values of the order's columns, of times microseconds since 1970; of nothing but the id, that. */
  value: string
  id: string
}

interface Page {
  limit: number
  offset: number
  after?: Place | undefined
  /** A first page is not empty where there are others: it looks on until something is found. */
  goesOn?: boolean
}

export interface Placed {
  id: string
  place: string
}

/** All that is what a list is asked for, and maybe others, as rows to select from. */
export interface Few {
  rows: RawBuilder<unknown>
  /** What of `wanted` is left to be asked of them; null for nothing. All of it, where this is not given. */
  wanted?: RawBuilder<boolean> | null
}

/** What indexes find, expected to be no more than so many, to be tried in turn. */
export type LookForFew = (most: number) => Promise<readonly Few[]>

interface FoundPage {
  /** One more than the page has, where there is one. */
  rows: Placed[]
  /** Where looking for more has ended before the page was full. */
  end?: Place
  /** Of all, where those were read. */
  count?: number
}

/**
 * The rows of a page. What an index finds `fewMax` of at most is read, counted and put in order; what many are is found
 * soon along the order of the list, or the page ends after `looksMax` rows, and `next` goes on from there. A page at an
 * offset, and a first page that goes on, end so only where they have found something: up to SORTED_MAX are put in order
 * for them, and of more they look at all. In a transaction.
 */
export async function findPage(
  db: Database,
  given: BoundedList,
  page: Page,
  { few, fewMax }: { few: LookForFew; fewMax: number },
): Promise<FoundPage> {
  const list = withOwnersApart(given)
  const ofFew = async (most: number) => selectOfFew(db, given, page, { all: await few(most), most })
  const least = await ofFew(fewMax)
  if (least) return least
  const walked = await walkList(db, list, page)
  if (isFound(list, page, walked)) return walked
  const more = await ofFew(SORTED_MAX)
  if (more) return more
  if (page.offset > 0) return walkList(db, list, page, ALL)
  let found = walked
  while (found.rows.length === 0 && found.end) found = await walkList(db, list, { ...page, after: found.end })
  return found
}

/** Whether a page may stay as it was found. At an offset, nothing is told of where it would go on. */
function isFound(
  { wanted }: BoundedList,
  { after, offset, goesOn }: Page,
  { rows, end }: FoundPage,
): boolean {
  if (after || wanted === null) return true
  if (offset > 0) return rows.length > 0 && !end
  return !goesOn || rows.length > 0 || !end
}

/** Which of these queries of ids find no more than so many. What finds more is not counted to its end. In a transaction. */
export async function findFew(
  db: Database,
  queries: readonly RawBuilder<unknown>[],
  most: number,
): Promise<RawBuilder<unknown>[]> {
  if (queries.length === 0) return []
  const counts = queries.map(
    (query) => sql`(select count(*) from (select from (${query}) one limit ${most + 1}) counted)`,
  )
  const { rows } = await alongIndexes(db, () =>
    sql<{ counts: number[] }>`select array[${sql.join(counts)}]::int[] as counts`.execute(db),
  )
  return queries.filter((_query, n) => rows[0]!.counts[n]! <= most)
}

/**
 * The rows of a table whose ids each of these queries has, to select from: one by one by their keys, whatever the planner
 * thinks of how many they are.
 */
export function rowsWithIds(table: string, queries: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  // Of whatever numbers the planner expects, both sides are read once.
  const ids = sql.join(
    queries.map((query) => sql`select id from (${query}) one`),
    sql` intersect `,
  )
  return sql`(select found.* from (${ids}) one
    cross join lateral (select * from ${sql.table(table)} of_id where of_id.id = one.id offset 0) found)`
}

/**
 * The first of these that are no more than `most` are read once, filtered, counted and put in order: of the page, and one
 * more where there is one. Undefined where each is more.
 */
async function selectOfFew(
  db: Database,
  list: BoundedList,
  { limit, offset, after }: Page,
  { all, most }: { all: readonly Few[]; most: number },
): Promise<{ count: number; rows: Placed[] } | undefined> {
  const columns = ['id', ...list.columns.map(({ name }) => name).filter((name) => name !== 'id')]
  for (const { rows: few, wanted = list.wanted } of all) {
    // Where it expects many on few pages, the planner would read all pages.
    const { rows } = await withoutSteps(db, ['enable_seqscan', 'jit'], () =>
      sql<{ looked: number; count: number } & Placed>`
      with looked as materialized (
        select ${sql.join(columns.map((name) => sql.ref(name)))},
               ${ownedBy(list)} and ${list.indexed} and ${wanted ?? sql`true`} as found
          from (select * from ${few} one limit ${most + 1}) ${sql.ref(list.as)}
      )
      select counted.looked, counted.count, page.id, ${placeOf(list, 'page')} as place
        from (select count(*)::int as looked, (count(*) filter (where found))::int as count from looked) counted
        left join lateral (
          select * from looked ${sql.ref(list.as)} where counted.looked <= ${most} and found and ${behind(list, after)}
           order by ${order(list)} limit ${limit + 1} offset ${after ? 0 : offset}
        ) page on true
       order by ${order(list, 'page')}`.execute(db),
    )
    const { looked, count } = rows[0]!
    if (looked <= most) return { count, rows: rows.filter(({ id }) => id !== null) }
  }
  return undefined
}

/**
 * The rows of a page, and one more where there is one. Of all owners together it looks at `looksMax` rows in the order of
 * the list, at half as many where those of several are merged, and at no fewer than the page has: `end` is where looking
 * has ended before the page was full, and others may follow. At an offset, nothing is found where that is not reached.
 */
async function walkList(
  db: Database,
  list: BoundedList,
  { limit, offset, after }: Page,
  looksMost = list.looksMax,
): Promise<{ rows: Placed[]; end?: Place }> {
  const { wanted } = list
  const skipped = after ? 0 : offset
  const most = limit + 1 + skipped
  // To merge several costs as much again as to look.
  const bounded = Math.max(most, (list.owners?.length ?? 1) > 1 ? Math.ceil(looksMost / 2) : looksMost)
  const looks = wanted === null ? most : bounded
  // The outer limit, without an order of its own, tells the planner that few of these looks are expected. The last look
  // comes with what was found.
  const { rows } = await alongIndexes(db, () =>
    sql<Placed & { n: string; found: boolean }>`
      select id, ${placeOf(list)} as place, n, ${wanted ?? sql`true`} as found from (
        select * from (
          select *, row_number() over () as n from (${inOrder(list, looks, behind(list, after))}) looked
        ) ${sql.ref(list.as)} where n = ${looks} or ${wanted ?? sql`true`} limit ${most}) ${sql.ref(list.as)}
       order by ${order(list)} limit ${limit + 1} offset ${skipped}`.execute(db),
  )
  const found = rows.filter(({ found }) => found)
  const last = rows.at(-1)
  if (wanted === null || found.length > limit || Number(last?.n) !== looks) return { rows: found }
  return { rows: found, end: { value: last!.place, id: last!.id } }
}

/**
 * Planned to follow an order that an index has: what sorts first reads all that there is, however few rows are wanted. A
 * plan that has to sort all the same has a made-up cost, by which servers before version 18 would compile it first.
 */
const alongIndexes = <Answer>(db: Database, ask: () => Promise<Answer>): Promise<Answer> =>
  withoutSteps(db, ['enable_bitmapscan', 'enable_seqscan', 'enable_sort', 'jit'], ask)

/** What is asked is planned with these settings off; then they are as they were. In a transaction. */
export async function withoutSteps<Answer>(
  db: Database,
  settings: readonly string[],
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const before = await sql<{ name: string; value: string }>`
    select name, current_setting(name) as value, set_config(name, 'off', true)
      from unnest(${settings}::text[]) name`.execute(db)
  const answer = await ask()
  const names = before.rows.map(({ name }) => name)
  const values = before.rows.map(({ value }) => value)
  await sql`select set_config(name, value, true) from unnest(${names}::text[], ${values}::text[]) as was (name, value)`.execute(
    db,
  )
  return answer
}

/**
 * How many of the first rows are asked for, and whether those are all: of what `is` so, in an order `by` that has an index.
 * In a transaction.
 */
export async function countFirst(
  db: Database,
  given: BoundedList,
  max: number,
  { is, by }: { is: RawBuilder<boolean>; by: RawBuilder<unknown> },
): Promise<{ count: number; all: boolean }> {
  const list = withOwnersApart(given)
  const first = (owned: RawBuilder<boolean>) => sql`
    select * from ${sql.table(list.table)} ${sql.ref(list.as)} where ${owned} and ${is} order by ${by} limit ${max + 1}`
  const { rows } = await alongIndexes(db, () =>
    sql<{ looked: number; count: number }>`
      select count(*)::int as looked, (count(*) filter (where found))::int as count from (
        select ${list.indexed} and ${list.wanted ?? sql`true`} as found from (${ofEachInTurn(list, first)}) ${sql.ref(list.as)}
         limit ${max + 1}) looked`.execute(db),
  )
  const { looked, count } = rows[0]!
  return { count, all: looked <= max }
}

/** The first rows of all owners together: each is asked by its own index, and the answers are merged as far as they are read. */
function inOrder(list: BoundedList, limit: number, beyond: RawBuilder<boolean>): RawBuilder<unknown> {
  const first = (owned: RawBuilder<boolean>) => sql`
    select * from ${sql.table(list.table)} ${sql.ref(list.as)} where ${owned} and ${list.indexed} and ${beyond}
     order by ${order(list)} limit ${limit}`
  if (list.owners === null || list.owners.length < 2) return ofEach(list, first)
  return sql`select * from (${ofEach(list, first)}) ${sql.ref(list.as)} order by ${order(list)} limit ${limit}`
}

/** The same question to the rows of each owner: each by name, so that the answers can be merged. */
function ofEach(
  { as, owners }: Pick<BoundedList, 'as' | 'owners'>,
  question: (owned: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (owners === null) return question(sql`true`)
  if (owners.length === 0) return question(sql`false`)
  const of = sql.ref(`${as}.project_id`)
  return sql.join(
    owners.map((owner) => sql`(${question(owner === null ? sql`${of} is null` : sql`${of} = ${owner}`)})`),
    sql` union all `,
  )
}

/** The same, one after the other: planned once. */
function ofEachInTurn(
  { as, owners }: BoundedList,
  question: (owned: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (owners === null || owners.length < 2) return ofEach({ as, owners }, question)
  const of = sql.ref(`${as}.project_id`)
  const projects = owners.filter((owner) => owner !== null)
  const each = sql`select first.* from unnest(${projects}::uuid[]) owner (id)
    cross join lateral (${question(sql`${of} = owner.id`)}) first`
  return owners.includes(null) ? sql`${each} union all (${question(sql`${of} is null`)})` : each
}

/** Of more owners than are asked each, those that have rows at all: a walk among all others' rows finds nothing of the rest. */
export async function ownersWithRows<Owner extends string | null>(
  db: Database,
  { table, owners }: { table: string; owners: readonly Owner[] | null },
): Promise<readonly Owner[] | null> {
  if (owners === null || areAskedEach(owners)) return owners
  const { rows } = await sql<{ id: string }>`
    select owner.id from unnest(${owners.filter((id) => id !== null)}::uuid[]) owner (id)
      cross join lateral (select from ${sql.table(table)} row_of where row_of.project_id = owner.id limit 1) one`.execute(
    db,
  )
  const having = new Set<string | null>([null, ...rows.map(({ id }) => id)])
  return owners.filter((owner) => having.has(owner))
}

/** Whether the indexes of single owners are read. */
export const areAskedEach = (owners: Owners): boolean => owners !== null && owners.length <= EACH_MAX

function withOwnersApart(list: BoundedList): BoundedList {
  if (list.owners === null || areAskedEach(list.owners)) return list
  return { ...list, owners: null, wanted: sql<boolean>`${ownedBy(list)} and ${list.wanted ?? sql`true`}` }
}

function ownedBy({ as, owners }: BoundedList): RawBuilder<boolean> {
  if (owners === null) return sql`true`
  const of = sql.ref(`${as}.project_id`)
  const projects = sql<boolean>`${of} = any(${owners.filter((id) => id !== null)}::uuid[])`
  return owners.includes(null) ? sql`(${projects} or ${of} is null)` : projects
}

const order = ({ columns, direction, as }: BoundedList, of = as) =>
  sql.join(
    [...columns.map(({ name }) => name), 'id'].map(
      (name) => sql`${sql.ref(`${of}.${name}`)} ${sql.raw(direction)}`,
    ),
  )

function placeOf({ columns, as }: BoundedList, of = as): RawBuilder<unknown> {
  const values = columns.map(({ name, isTime }) =>
    isTime ? sql`${microsecondsOf(`${of}.${name}`)}::text` : sql`${sql.ref(`${of}.${name}`)}`,
  )
  return values.length === 0 ? sql`${sql.ref(`${of}.id`)}::text` : sql.join(values, sql` || '|' || `)
}

function behind({ columns, direction, as }: BoundedList, after: Place | undefined): RawBuilder<boolean> {
  if (!after) return sql`true`
  // Only the last of them may have that sign in it.
  const parts = after.value.split('|')
  const values = [...parts.slice(0, columns.length - 1), parts.slice(columns.length - 1).join('|')]
  const places = columns.map(({ isTime }, n) => (isTime ? timeOf(values[n]) : sql`${values[n]}::text`))
  const own = [...columns.map(({ name }) => name), 'id'].map((name) => sql.ref(`${as}.${name}`))
  return sql`(${sql.join(own)}) ${sql.raw(direction === 'asc' ? '>' : '<')}
    (${sql.join([...places, sql`${after.id}::uuid`])})`
}
