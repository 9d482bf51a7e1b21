import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { COUNT_MAX, type Found, type ListPage, untilFound } from '#lib/wire/list-page.ts'
import type { ListPlace } from '#lib/wire/query-place.ts'
import { readAtOnce } from '#lib/wire/read-at-once.ts'
import { containing, hasTrigram, startingWith } from '#lib/wire/search-text.ts'
import type { FastqUpload } from './fastq-upload.ts'
import { type FastqUploadRow, fromRow, NO_PROJECT, type Reach } from './fastq-uploads-table.ts'
import type { SheetFilter, UploadFilter } from './upload-filter.ts'

/** What finds no more than this is looked for first, and put in order then. */
const FEW = 5_000
/** How many uploads a page looks at whose filter finds many: it may end before it is full, and the next goes on from there. */
const LOOKED_MAX = 10_000
/** The same where the other file of each is looked up. */
const PAIRS_LOOKED_MAX = 2_500

/** An upload of the list, with its value in the column that the list is sorted by: of a time, microseconds since 1970. */
interface ListedUpload extends FastqUpload {
  place: string
}

/** What belongs to one sample, or will: an R1, and its R2 if there is one. */
export interface Pair {
  r1: FastqUpload
  r2: FastqUpload | undefined
}

/** A pair of the list, with its value in the column that the list is sorted by. */
interface ListedPair extends Pair {
  place: string
}

/**
 * One page of the uploads within reach, newest first, behind a place or an offset, and one row more: at one moment. A
 * first page is empty only where nothing is found.
 */
export async function selectFastqUploads(
  db: Database,
  reach: Reach,
  filter: UploadFilter,
  page: ListPage,
): Promise<Found<ListedUpload>> {
  const conditions: Condition[] = []
  if (filter.status) {
    const status = sql<boolean>`upload.status = ${filter.status}`
    conditions.push({
      is: status,
      found: sql`select id from fastq_upload upload where ${THERE} and ${status}`,
    })
  }
  if (filter.search !== '') conditions.push(matching(filter.search))
  const asked: Asked = {
    owners: reach,
    there: THERE,
    conditions,
    sort_by: 'created',
    sort_order: 'desc',
    lookedMax: LOOKED_MAX,
  }
  const found = await readAtOnce(db, (db) => selectPage(db, page, asked))
  return { ...found, rows: found.rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/** The same of pairs. An R2 without its R1 is in none. */
export const selectPairs = (
  db: Database,
  reach: Reach,
  filter: SheetFilter,
  page: ListPage,
): Promise<Found<ListedPair>> => readAtOnce(db, (db) => selectPairsOf(db, reach, filter, page))

async function selectPairsOf(
  db: Database,
  reach: Reach,
  filter: SheetFilter,
  page: ListPage,
): Promise<Found<ListedPair>> {
  const conditions: Condition[] = []
  if (filter.status !== 'all') {
    const is = sql<boolean>`upload.sample_id is ${sql.raw(filter.status === 'assigned' ? 'not null' : 'null')}`
    conditions.push({ is, found: sql`select id from fastq_upload upload where ${FIRST} and ${is}` })
  }
  if (filter.expires_before) conditions.push(expiring(filter.expires_before))
  if (filter.search !== '') conditions.push(matching(filter.search))
  const { project, sort_by, sort_order } = filter
  const { rows: firsts, ...found } = await selectPage(db, page, {
    owners: project ? ownersOf(project, reach) : reach,
    there: FIRST,
    conditions,
    sort_by,
    sort_order,
    lookedMax: filter.expires_before ? PAIRS_LOOKED_MAX : LOOKED_MAX,
  })
  const seconds = await selectSeconds(db, reach, firsts)
  const rows = firsts.map((r1) => ({ r1: fromRow(r1), r2: seconds.get(pairKey(r1)), place: r1.place }))
  return { ...found, rows }
}

/** The project and, for who sees that, the organisation. */
const ownersOf = (project: string, reach: Reach): readonly (string | null)[] =>
  reach === null ? [project, null] : reach.filter((id) => id === project)

const THERE = sql<boolean>`upload.deleted_at is null`
const FIRST = sql<boolean>`upload.deleted_at is null and upload.r_notation = 'R1'`

/** What an upload has to be, and the ids of all that are it, by an index; null where there is none for it. */
interface Condition {
  is: RawBuilder<boolean>
  found: RawBuilder<unknown> | null
  /** Whether the planner has to expect few before they are counted: to look for many takes as long as to find them. */
  planned?: true
}

/** One of the two URLs of a pair is enough. */
function expiring(before: Date): Condition {
  const isSecond = sql`second.r_notation = 'R2' and second.deleted_at is null and second.expires_at < ${before}`
  const ofPair = sql`second.pair_path = upload.pair_path and second.project_id is not distinct from upload.project_id
    and second.sample_id is not distinct from upload.sample_id`
  return {
    is: sql<boolean>`(upload.expires_at < ${before}
      or exists (select from fastq_upload second where ${ofPair} and ${isSecond}))`,
    // One by one, whatever the planner thinks of how many there are.
    found: sql`select id from fastq_upload upload where ${FIRST} and expires_at < ${before}
      union all
      select one.id from fastq_upload second cross join lateral (
        select id from fastq_upload upload
         where ${ofPair} and ${FIRST} and (upload.expires_at >= ${before} or upload.expires_at is null) offset 0) one
       where ${isSecond}`,
  }
}

/**
 * What begins with `gncv://` is the beginning of a destination; an id is that; anything else may stand anywhere in a
 * destination, or if no index can look that up, at the beginning of what follows `gncv://`.
 */
function matching(search: string): Condition {
  const found = (is: RawBuilder<boolean>) => sql`select id from fastq_upload upload where ${THERE} and ${is}`
  const beginning = (text: string): Condition => {
    const is = sql<boolean>`upload.destination_path like ${startingWith(text)}`
    return { is, found: found(is) }
  }
  if (search.startsWith('gncv://')) return beginning(search)
  if (!hasTrigram(search)) return beginning(`gncv://${search}`)
  const part = sql<boolean>`upload.destination_path ilike ${containing(search)}`
  if (!isUuid(search)) return { is: part, found: found(part), planned: true }
  const is = sql<boolean>`(${part} or upload.id = ${search}::uuid)`
  return { is, found: found(is), planned: true }
}

/** More than there are. */
const ALL = 2 ** 31

interface Asked {
  /** Whose uploads, null among them for the organisation's; null: everybody's. */
  owners: readonly (string | null)[] | null
  there: RawBuilder<boolean>
  conditions: readonly Condition[]
  sort_by: SheetFilter['sort_by']
  sort_order: SheetFilter['sort_order']
  lookedMax: number
}

type Placed = FastqUploadRow & { place: string }

async function selectPage(db: Database, page: ListPage, asked: Asked): Promise<Found<Placed>> {
  for (const { found, planned } of asked.conditions) {
    if (found === null || !(await isFew(db, found, planned))) continue
    return selectOfFew(db, page, asked, found)
  }
  return selectOfMany(db, page, asked)
}

async function isFew(db: Database, found: RawBuilder<unknown>, planned = false): Promise<boolean> {
  if (planned) {
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
      explain (format json) ${found}`.execute(db)
    if (rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'] > FEW) return false
  }
  const { rows } = await sql<{ few: boolean }>`
    select count(*) <= ${FEW} as few from (select from (${found}) one limit ${FEW + 1}) counted`.execute(db)
  return rows[0]!.few
}

/** These few are read by their ids, counted and put in order. */
async function selectOfFew(
  db: Database,
  { limit, offset, after }: ListPage,
  asked: Asked,
  few: RawBuilder<unknown>,
): Promise<Found<Placed>> {
  const { rows } = await sql<{ count: number } & Placed>`
    with found as materialized (
      select upload.* from (${few}) one
        cross join lateral (select * from fastq_upload where fastq_upload.id = one.id offset 0) upload
       where ${asked.there} and ${ownedBy(asked.owners)} and ${all(asked)}
    )
    select counted.count, page.*, ${placeOf(asked, 'page')} as place
      from (select count(*)::int as count from found) counted
      left join lateral (
        select * from found upload where ${behind(asked, after)} order by ${order(asked, 'upload')}
         limit ${limit + 1} offset ${after ? 0 : offset}
      ) page on true
     order by ${order(asked, 'page')}`.execute(db)
  return { count: rows[0]!.count, rows: rows.filter(({ id }) => id !== null) }
}

/** What many are is found soon along the order of the list, or the page ends after so many looks. */
async function selectOfMany(db: Database, page: ListPage, asked: Asked): Promise<Found<Placed>> {
  const walk = (after: ListPlace | undefined) => walkFrom(db, { ...page, after }, asked)
  const { rows, next: end } = page.after ? await walk(page.after) : await untilFound(walk)
  const countMax = asked.conditions.length === 0 ? COUNT_MAX : asked.lookedMax
  const counted = await sql<{ looked: number; count: number }>`
    select count(*)::int as looked, (count(*) filter (where found))::int as count from (
      select ${all(asked)} as found from fastq_upload upload where ${asked.there} and ${ownedBy(asked.owners)}
       limit ${countMax + 1}) upload`.execute(db)
  const { looked, count } = counted.rows[0]!
  return { count, more: looked > countMax, rows, ...(end && { end }) }
}

/** The rows of a page, and one more where there is one, or where looking for more has ended before. */
async function walkFrom(
  db: Database,
  { limit, offset, after }: ListPage,
  asked: Asked,
): Promise<{ rows: Placed[]; next?: ListPlace }> {
  const { owners, conditions, lookedMax } = asked
  // A page at an offset is found however far it is: there is no telling from where to go on. Of each owner a whole page
  // at least.
  const looks =
    conditions.length === 0 || (offset > 0 && !after)
      ? null
      : Math.max(limit + 1, Math.ceil(lookedMax / (owners?.length || 1)))
  const beyond = behind(asked, after)
  const skipped = after ? 0 : offset
  const inOrder = order(asked, 'upload')
  const walk =
    (limit: number, skip = 0) =>
    (among: RawBuilder<boolean>) =>
      sql`
    select * from fastq_upload upload where ${asked.there} and ${among} and ${beyond}
     order by ${inOrder} limit ${limit} offset ${skip}`
  const most = limit + 1 + skipped
  // The outer limit, without an order of its own, tells the planner that few of these looks are expected.
  const found = (among: RawBuilder<boolean>) =>
    looks === null && conditions.length === 0
      ? walk(most)(among)
      : sql`select * from (${walk(looks ?? ALL)(among)}) upload where ${all(asked)} limit ${most}`
  const { rows } = await sql<Placed>`
    select *, ${placeOf(asked, 'upload')} as place from (${ofEach(owners, found)}) upload
     order by ${inOrder} limit ${limit + 1} offset ${skipped}`.execute(db)
  if (looks === null || (rows.length > limit && (owners?.length ?? 1) === 1)) return { rows }
  // Where the first of these walks has ended: beyond that, something may be missing.
  const { rows: ends } = await sql<{ value: string; id: string }>`
    select ${placeOf(asked, 'upload')} as value, id from (${ofEach(owners, walk(1, looks - 1))}) upload
     order by ${inOrder} limit 1`.execute(db)
  const [end] = ends
  if (!end) return { rows }
  const { rows: before } = await sql<{ id: string }>`
    select id from fastq_upload upload where id = any(${rows.map(({ id }) => id)}::uuid[])
       and not ${behind(asked, end)}`.execute(db)
  const within = new Set(before.map(({ id }) => id))
  const sort = `${asked.sort_by} ${asked.sort_order}`
  return { rows: rows.filter(({ id }) => within.has(id)), next: { sort, ...end } }
}

const all = ({ conditions }: Asked): RawBuilder<boolean> =>
  sql.join([sql`true`, ...conditions.map(({ is }) => is)], sql` and `)

const order = ({ sort_by, sort_order }: Asked, of: string) =>
  sql`${sql.ref(`${of}.${sort_by}`)} ${sql.raw(sort_order)}, ${sql.ref(`${of}.id`)} ${sql.raw(sort_order)}`

const placeOf = ({ sort_by }: Asked, of: string) =>
  sort_by === 'client_id'
    ? sql.ref(`${of}.client_id`)
    : sql`(extract(epoch from ${sql.ref(`${of}.${sort_by}`)}) * 1000000)::bigint::text`

function behind(
  { sort_by, sort_order }: Asked,
  after: { value: string; id: string } | undefined,
): RawBuilder<boolean> {
  if (!after) return sql`true`
  const value =
    sort_by === 'client_id'
      ? sql`${after.value}::text`
      : sql`timestamptz 'epoch' + ${after.value}::bigint * interval '1 microsecond'`
  return sql`(${sql.ref(`upload.${sort_by}`)}, upload.id) ${sql.raw(sort_order === 'asc' ? '>' : '<')}
    (${value}, ${after.id}::uuid)`
}

function ownedBy(owners: Asked['owners']): RawBuilder<boolean> {
  if (owners === null) return sql`true`
  const projects = sql<boolean>`upload.project_id = any(${owners.filter((id) => id !== null)}::uuid[])`
  return owners.includes(null) ? sql`(${projects} or upload.project_id is null)` : projects
}

/**
 * The same question to the uploads of each owner, by the indexes that begin with the owner: each by name, because one has
 * many more than another.
 */
function ofEach(
  owners: Asked['owners'],
  question: (among: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (owners === null) return question(sql`true`)
  const each = (owners.length > 0 ? owners : [NO_PROJECT]).map((owner) =>
    question(owner === null ? sql`upload.project_id is null` : sql`upload.project_id = ${owner}`),
  )
  return sql.join(
    each.map((one) => sql`(${one})`),
    sql` union all `,
  )
}

async function selectSeconds(
  db: Database,
  reach: Reach,
  firsts: readonly FastqUploadRow[],
): Promise<Map<string, FastqUpload>> {
  if (firsts.length === 0) return new Map()
  const { rows } = await sql<FastqUploadRow>`
    select * from fastq_upload upload
     where ${THERE} and ${ownedBy(reach)} and r_notation = 'R2'
       and pair_path = any(${[...new Set(firsts.map((row) => row.pair_path))]})`.execute(db)
  return new Map(rows.map((row) => [pairKey(row), fromRow(row)]))
}

/** Of one owner, one name, and the same sample, or none of either. */
const pairKey = (row: FastqUploadRow): string =>
  JSON.stringify([row.project_id, row.pair_path, row.sample_id])
