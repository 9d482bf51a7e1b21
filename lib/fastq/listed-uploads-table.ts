import { type RawBuilder, sql } from 'kysely'
import {
  type BoundedList,
  countFirst,
  type Few,
  findFew,
  findPage,
  type Owners,
  ownersWithRows,
  type Place,
  rowsWithIds,
} from '#lib/platform/db/bounded-list.ts'
import { expectFew, hasAllParts, lettersInIndex } from '#lib/platform/db/find-by-trigrams.ts'
import type { Database } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { COUNT_MAX, type Found, isCounted, type ListPage } from '#lib/wire/list-page.ts'
import { readAtOnce } from '#lib/wire/read-at-once.ts'
import { containing, isSoughtAnywhere, searchedPartsOf, startingWith } from '#lib/wire/search-text.ts'
import type { FastqUpload } from './fastq-upload.ts'
import { type FastqUploadRow, fromRow, type Reach } from './fastq-uploads-table.ts'
import type { SheetFilter, UploadFilter } from './upload-filter.ts'

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
      ids: sql`select id from fastq_upload upload where ${THERE} and ${status}`,
    })
  }
  if (filter.search !== '') conditions.push(matching(filter.search))
  const asked: Asked = {
    owners: reach,
    there: THERE,
    conditions,
    sort_by: 'created',
    sort_order: 'desc',
    looksMax: LOOKED_MAX,
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
    conditions.push({ is, ids: sql`select id from fastq_upload upload where ${FIRST} and ${is}` })
  }
  if (filter.expires_before) conditions.push(expiring(filter.expires_before, filter.status))
  if (filter.search !== '') conditions.push(matching(filter.search))
  const { project, sort_by, sort_order } = filter
  const { rows: firsts, ...found } = await selectPage(db, page, {
    owners: project ? ownersOf(project, reach) : reach,
    there: FIRST,
    conditions,
    sort_by,
    sort_order,
    looksMax: filter.expires_before ? PAIRS_LOOKED_MAX : LOOKED_MAX,
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

/** What an upload has to be, and all that are it, by an index that counts it or by one of trigrams. */
interface Condition {
  is: RawBuilder<boolean>
  ids?: RawBuilder<unknown>
  expected?: (db: Database, most: number) => Promise<readonly Few[]>
}

/** One of the two URLs of a pair is enough. Those of unassigned pairs, when only these are asked for, have an index of their own. */
function expiring(before: Date, status: SheetFilter['status']): Condition {
  const ofStatus = (file: 'upload' | 'second') =>
    status === 'unassigned' ? sql`${sql.ref(`${file}.sample_id`)} is null` : sql`true`
  const isSecond = sql`second.r_notation = 'R2' and second.deleted_at is null and second.expires_at < ${before}`
  const ofPair = sql`second.pair_path = upload.pair_path and second.project_id is not distinct from upload.project_id
    and second.sample_id is not distinct from upload.sample_id`
  return {
    is: sql<boolean>`(upload.expires_at < ${before}
      or exists (select from fastq_upload second where ${ofPair} and ${isSecond}))`,
    // One by one, whatever the planner thinks of how many there are.
    ids: sql`select id from fastq_upload upload where ${FIRST} and expires_at < ${before} and ${ofStatus('upload')}
      union all
      select one.id from fastq_upload second cross join lateral (
        select id from fastq_upload upload
         where ${ofPair} and ${FIRST} and (upload.expires_at >= ${before} or upload.expires_at is null) offset 0) one
       where ${isSecond} and ${ofStatus('second')}`,
  }
}

/**
 * What begins with `gncv://` is the beginning of a destination; an id is that; anything else may stand anywhere in a
 * destination, or if no index can look that up, at the beginning of what follows `gncv://`.
 */
function matching(search: string): Condition {
  const beginning = (text: string): Condition => {
    const is = sql<boolean>`upload.destination_path like ${startingWith(text)}`
    return { is, ids: sql`select id from fastq_upload upload where ${THERE} and ${is}` }
  }
  if (search.startsWith('gncv://')) return beginning(search)
  if (!isSoughtAnywhere(search)) return beginning(`gncv://${search}`)
  const part = sql<boolean>`upload.destination_path ilike ${containing(search)}`
  const ofId = isUuid(search) ? [sql<boolean>`upload.id = ${search}::uuid`] : []
  return {
    is: sql<boolean>`(${sql.join([part, ...ofId], sql` or `)})`,
    expected: (db, most) => expectFound(db, search, { most, others: ofId }),
  }
}

async function expectFound(
  db: Database,
  search: string,
  { most, others }: { most: number; others: readonly RawBuilder<boolean>[] },
): Promise<Few[]> {
  const letters = await lettersInIndex(db, 'fastq_upload_search')
  const parts = letters === null ? [] : searchedPartsOf(search, letters)
  if (parts.length === 0) return []
  const all = hasAllParts(sql`upload.destination_path`, parts)
  const is = sql`${THERE} and (${sql.join([all, ...others], sql` or `)})`
  return (await expectFew(db, { from: sql`fastq_upload upload`, is, most })).map((rows) => ({ rows }))
}

interface Asked {
  /** Whose uploads, null among them for the organisation's; null: everybody's. */
  owners: Owners
  there: RawBuilder<boolean>
  conditions: readonly Condition[]
  sort_by: SheetFilter['sort_by']
  sort_order: SheetFilter['sort_order']
  looksMax: number
}

type Placed = FastqUploadRow & { place: string }

async function selectPage(db: Database, page: ListPage, given: Asked): Promise<Found<Placed>> {
  const owners = await ownersWithRows(db, { table: 'fastq_upload', owners: given.owners })
  const asked = { ...given, owners }
  const list = listOf(asked)
  const few = (most: number) => fewOf(db, asked, most)
  const { rows, end, count } = await findPage(db, list, { ...page, goesOn: true }, { few, fewMax: COUNT_MAX })
  const counted = count === undefined ? await countMany(db, list, page, { rows, end }) : { count }
  const next = end && { sort: `${list.columns[0]!.name} ${list.direction}`, ...end }
  return { ...counted, rows: await selectInOrder(db, rows), ...(next && { end: next }) }
}

function listOf({ owners, there, conditions, sort_by, sort_order, looksMax }: Asked): BoundedList {
  const wanted = conditions.map(({ is }) => is)
  return {
    ...{ table: 'fastq_upload', as: 'upload', owners, direction: sort_order, indexed: there, looksMax },
    columns: [{ name: sort_by, isTime: sort_by !== 'client_id' }],
    wanted: wanted.length === 0 ? null : sql.join(wanted, sql` and `),
  }
}

/** All uploads with what is rare of what is asked for, by indexes that count it, or else by a search. */
async function fewOf(db: Database, { conditions }: Asked, most: number): Promise<readonly Few[]> {
  const counted = conditions.flatMap(({ ids }) => (ids ? [ids] : []))
  const few = await findFew(db, counted, most)
  if (few.length > 0) return [{ rows: rowsWithIds('fastq_upload', few) }]
  for (const { expected } of conditions) if (expected) return expected(db, most)
  return []
}

/** How many there are of what many are, as far as they are counted. */
async function countMany(
  db: Database,
  list: BoundedList,
  page: ListPage,
  { rows, end }: { rows: readonly unknown[]; end: Place | undefined },
): Promise<{ count: number; more?: boolean }> {
  if (!end && rows.length <= page.limit && isCounted(page, rows)) return { count: page.offset + rows.length }
  const countMax = list.wanted === null ? COUNT_MAX : list.looksMax
  const by = sql`${sql.ref(`upload.${list.columns[0]!.name}`)}, upload.id`
  const { count, all } = await countFirst(db, list, countMax, { is: list.indexed, by })
  return { count, more: !all }
}

async function selectInOrder(
  db: Database,
  placed: readonly { id: string; place: string }[],
): Promise<Placed[]> {
  const { rows } = await sql<Placed>`
    select upload.*, page.place
      from unnest(${placed.map(({ id }) => id)}::uuid[], ${placed.map(({ place }) => place)}::text[])
             with ordinality as page (id, place, n)
      join fastq_upload upload on upload.id = page.id
     order by page.n`.execute(db)
  return rows
}

const within = (reach: Reach): RawBuilder<boolean> =>
  reach === null ? sql`true` : sql`upload.project_id = any(${[...reach]}::uuid[])`

async function selectSeconds(
  db: Database,
  reach: Reach,
  firsts: readonly FastqUploadRow[],
): Promise<Map<string, FastqUpload>> {
  if (firsts.length === 0) return new Map()
  const { rows } = await sql<FastqUploadRow>`
    select * from fastq_upload upload
     where ${THERE} and ${within(reach)} and r_notation = 'R2'
       and pair_path = any(${[...new Set(firsts.map((row) => row.pair_path))]})`.execute(db)
  return new Map(rows.map((row) => [pairKey(row), fromRow(row)]))
}

/** Of one owner, one name, and the same sample, or none of either. */
const pairKey = (row: FastqUploadRow): string =>
  JSON.stringify([row.project_id, row.pair_path, row.sample_id])
