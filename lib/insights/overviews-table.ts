import { type RawBuilder, sql } from 'kysely'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SampleRow } from '#lib/samples/samples-table.ts'
import { fewSamplesFoundBy, samplesFoundBy } from '#lib/samples/search-samples.ts'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import type { ListPlace } from '#lib/wire/query-place.ts'
import type { OverviewConditions, OverviewFilter } from './overview-filter.ts'

/** Characters of metadata that a list shows. */
const EXCERPT_CHARACTERS = 200

/** A sample as the lists of several projects show it. */
export interface Overview extends Omit<SampleRow, 'metadata' | 'qc_packed'> {
  metadata_excerpt: string | null
  session_state: string | null
  reason: Reason | null
  vendor: Vendor | null
}

/** Projects that samples are looked for in; null: all. */
export type Scope = readonly string[] | null

/** What finds no more of all samples than this is looked for first, and put in order then. */
const FEW = 10_000

interface OverviewPage {
  limit: number
  offset: number
  after: ListPlace | undefined
  countMax: number
}

/**
 * One page of the samples of these projects, behind a place or an offset, and how many there are in all, counted no
 * further than `countMax`.
 */
export async function selectOverviews(
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  page: OverviewPage,
): Promise<{ count: number; rows: ListedOverview[] }> {
  const few = await fewWith(db, filter)
  if (few) {
    const found = await selectOfFew(db, scope, filter, { ...page, few })
    if (found.count <= FEW) return { ...found, count: Math.min(found.count, page.countMax) }
  }
  const { limit, offset, countMax } = page
  const order = orderBy(filter)
  const beyond = beyondPlace(filter, page.after)
  const counting = sql<{ count: number }>`
    select count(*)::int as count from (
      ${found(scope, filter, { columns: sql`1`, beyond: sql<boolean>`true`, order, limit: countMax, offset: 0, counted: true })}
    ) found`.execute(db)
  const listing = sql<ListedOverview>`
    select ${COLUMNS}, ${listed(filter)}, ${FACTS}
      from (${found(scope, filter, { columns: sql`*`, beyond, order, limit, offset })}) page ${WITH_FACTS}
     order by ${order('page')}`.execute(db)
  const [counted, { rows }] = await Promise.all([counting, listing])
  return { count: counted.rows[0]!.count, rows }
}

type Order = (of: string) => RawBuilder<unknown>

function orderBy({ sort_by, sort_order }: Pick<OverviewFilter, 'sort_by' | 'sort_order'>): Order {
  const direction = sql.raw(sort_order)
  return (of) => sql`${sql.ref(`${of}.${sort_by}`)} ${direction}, ${sql.ref(`${of}.id`)} ${direction}`
}

function beyondPlace(
  { sort_by, sort_order }: OverviewFilter,
  after: ListPlace | undefined,
): RawBuilder<boolean> {
  if (!after) return sql`true`
  const value =
    sort_by === 'client_id'
      ? sql`${after.value}`
      : sql`timestamptz 'epoch' + ${after.value}::bigint * interval '1 microsecond'`
  return sql`(${sql.ref(`sample.${sort_by}`)}, sample.id) ${sql.raw(sort_order === 'asc' ? '>' : '<')}
    (${value}, ${after.id}::uuid)`
}

const listed = ({ sort_by }: OverviewFilter) => sql`
  left(page.metadata::text, ${EXCERPT_CHARACTERS}) as metadata_excerpt,
  ${sort_by === 'client_id' ? sql`page.client_id` : sql`(extract(epoch from ${sql.ref(`page.${sort_by}`)}) * 1000000)::bigint::text`} as place`

/** All samples with the rarest that the filter names, as rows to select from; null where none of it is rare. */
async function fewWith(db: Database, filter: OverviewConditions): Promise<RawBuilder<unknown> | null> {
  const named = [
    filter.reason && withReason(filter.reason, filter.vendor),
    filter.vendor && withVendor(filter.vendor),
  ]
  for (const ids of named) {
    if (!ids) continue
    // One by one by their keys, whatever the planner thinks of how many there are.
    if (await isFew(db, sql`(${ids})`))
      return sql`(select found.* from (${ids}) one
        cross join lateral (select * from sample where sample.id = one.sample_id offset 0) found)`
  }
  return filter.search === '' ? null : fewSamplesFoundBy({ db }, filter.search)
}

/**
 * Samples whose link ended for this reason, or whose last refused file was refused for it, each once. Two questions,
 * because each has an index of its own. Who has an accepted file has a link that did not end for any reason.
 */
function withReason(reason: Reason, vendor: Vendor | undefined): RawBuilder<unknown> {
  const refused = sql`select sample_id from upload_session
    where last_rejection ->> 'reason' = ${reason} and reason is distinct from ${reason}`
  return vendor
    ? refused
    : sql`select sample_id from upload_session where upload_session.reason = ${reason} union all ${refused}`
}

const withVendor = (vendor: Vendor) =>
  sql`select sample_id from upload where state = 'accepted' and vendor = ${vendor} order by sample_id`

/** The same page, of these few samples: read once, counted to FEW + 1, and with more the page is not the right one. */
async function selectOfFew(
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  { few, limit, offset, after }: OverviewPage & { few: RawBuilder<unknown> },
): Promise<{ count: number; rows: ListedOverview[] }> {
  const order = orderBy(filter)
  const { rows } = await sql<{ found: number } & ListedOverview>`
    with found as materialized (
      select sample.* from ${few} sample where ${conditions(filter)} and ${ofProjects(scope)} limit ${FEW + 1}
    )
    select counted.found, ${COLUMNS}, ${listed(filter)}, ${FACTS}
      from (select count(*)::int as found from found) counted
      left join lateral (
        select * from found sample where ${beyondPlace(filter, after)}
         order by ${order('sample')} limit ${limit} offset ${offset}
      ) page on true ${WITH_FACTS}
     order by ${order('page')}`.execute(db)
  return {
    count: rows[0]!.found,
    rows: rows.filter(({ id }) => id !== null).map(({ found: _, ...row }) => row),
  }
}

/** A row of the list, with its value in the column that the list is sorted by: of a time, microseconds since 1970. */
export interface ListedOverview extends Overview {
  place: string
}

interface Wanted {
  columns: RawBuilder<unknown>
  beyond: RawBuilder<boolean>
  order: Order
  limit: number
  offset: number
  /** How many there are is all that is asked, so the answers need no order. */
  counted?: boolean
}

/**
 * The samples that the filter finds, in order. Those of all projects by indexes over all of them; where there is none
 * for this order or filter, or in chosen projects, each project is asked by its own indexes and the answers are merged:
 * rows that nobody sees are not read.
 */
function found(
  scope: Scope,
  filter: OverviewFilter,
  { columns, beyond, order, limit, offset, counted = false }: Wanted,
): RawBuilder<unknown> {
  if (scope === null && filter.sort_by !== 'client_id' && !filter.status) {
    return sql`select ${columns} from ${walked(filter, order, beyond)}
      order by ${order('sample')} limit ${limit} offset ${offset}`
  }
  // Each status has its samples in this order, and several have them not.
  const byStatus = filter.status && filter.sort_by === 'modified'
  const statuses = byStatus
    ? sql`cross join unnest(${[...new Set(filter.status)]}::text[]) wanted (status)`
    : sql``
  const ofOne = sql<boolean>`sample.project_id = project.id
    and ${byStatus ? sql`sample.status = wanted.status` : sql`true`} and ${beyond}`
  return sql`select ${columns} from (
      select one.* from project ${statuses} cross join lateral (
        -- In order, so that a project of few samples is not looked for among all the others.
        select * from ${walked(filter, order, ofOne)} order by ${order('sample')} limit ${limit + offset}
      ) one
      where ${within(scope)} ${counted ? sql`` : sql`order by ${order('one')}`} limit ${limit} offset ${offset}
    ) merged`
}

/**
 * What the filter finds, to select from, in an order that an index has. What is looked up of each sample, and is true of
 * many, is looked up along that order: without the offset, the planner would now and then read all that it is true of.
 */
function walked(filter: OverviewConditions, order: Order, among: RawBuilder<boolean>): RawBuilder<unknown> {
  const lookedUp = lookUps(filter)
  if (lookedUp.length === 0) return sql`sample where ${among} and ${narrow(filter)}`
  return sql`(select * from sample where ${among} and ${narrow(filter)} order by ${order('sample')} offset 0) sample
    where ${sql.join(lookedUp, sql` and `)}`
}

async function isFew(db: Database, found: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ few: boolean }>`
    select count(*) <= ${FEW} as few from (select from ${found} sample limit ${FEW + 1}) counted`.execute(db)
  return rows[0]!.few
}

/** Where a walk over all samples has come to; the time as text, because it is finer than a `Date`. */
export interface Cursor {
  created: string
  id: string
}

export interface ExportedSample extends Overview {
  metadata: string | null
  /** As the genotypes on X and Y show it; null where nothing was read. */
  inferred_sex: string | null
  cursor: string
}

/** The next samples of a walk over all that the filter finds, newest first. */
export async function selectOverviewsAfter(
  db: Database,
  scope: Scope,
  filter: OverviewConditions,
  { after, limit }: { after: Cursor | null; limit: number },
): Promise<ExportedSample[]> {
  const beyond = after
    ? sql<boolean>`(sample.created, sample.id) < (${after.created}::timestamptz, ${after.id}::uuid)`
    : sql<boolean>`true`
  const newestFirst = { ...filter, sort_by: 'created', sort_order: 'desc' } as const
  const order = orderBy(newestFirst)
  const rare = await fewWith(db, filter)
  // What a search is thought to find may be more: every batch would read all of it again.
  const few = rare && (await isFew(db, rare)) ? rare : null
  const rowsInOrder = few
    ? sql`select * from ${few} sample where ${conditions(filter)} and ${ofProjects(scope)} and ${beyond}
        order by ${order('sample')} limit ${limit}`
    : found(scope, newestFirst, { columns: sql`*`, beyond, order, limit, offset: 0 })
  const { rows } = await sql<ExportedSample>`
    select ${COLUMNS}, page.metadata::text as metadata, ${FACTS},
           page.qc #>> '{summary,inferredSex}' as inferred_sex, page.created::text as cursor
      from (${rowsInOrder}) page ${WITH_FACTS}
     order by page.created desc, page.id desc`.execute(db)
  return rows
}

const COLUMNS = sql.raw(
  [
    ...['id', 'project_id', 'client_id', 'status', 'status_note', 'status_id', 'status_at'],
    ...['created', 'modified', 'failed_qc', 'run_id', 'hidden'],
  ]
    .map((column) => `page.${column}`)
    // Of the quality record, the checks alone: the rest is large.
    .concat(`jsonb_build_object('checks', page.qc -> 'checks') as qc`)
    .join(', '),
)

const FACTS = sql`session.state as session_state, upload.vendor,
  coalesce(session.reason, session.last_rejection ->> 'reason') as reason`

const WITH_FACTS = sql`
  left join upload_session session on session.sample_id = page.id
  left join upload on upload.sample_id = page.id and upload.state = 'accepted'`

const within = (scope: Scope): RawBuilder<boolean> =>
  scope === null ? sql<boolean>`true` : sql<boolean>`project.id = any(${[...scope]}::uuid[])`

const ofProjects = (scope: Scope): RawBuilder<boolean> =>
  scope === null ? sql<boolean>`true` : sql<boolean>`sample.project_id = any(${[...scope]}::uuid[])`

/** Samples that the filter lets through. */
const conditions = (filter: OverviewConditions): RawBuilder<boolean> =>
  sql.join([narrow(filter), ...lookUps(filter)], sql` and `)

/** The part of it that indexes of samples have. */
function narrow(filter: OverviewConditions): RawBuilder<boolean> {
  const all = [sql<boolean>`true`]
  const { status } = filter
  if (filter.hidden_status !== 'all') all.push(sql`sample.hidden = ${filter.hidden_status === 'hidden'}`)
  if (status) all.push(sql`sample.status in (${sql.join(status)})`)
  if (filter.created_after) all.push(sql`sample.created >= ${filter.created_after}`)
  if (filter.created_before) all.push(sql`sample.created < ${pastShown(filter.created_before)}`)
  if (filter.modified_after) all.push(sql`sample.modified >= ${filter.modified_after}`)
  if (filter.modified_before) all.push(sql`sample.modified < ${pastShown(filter.modified_before)}`)
  return sql.join(all, sql` and `)
}

/** The part that each sample is looked up for: its texts, its link, its file. */
function lookUps({ search, reason, vendor }: OverviewConditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = []
  if (search !== '') all.push(samplesFoundBy(search))
  if (reason)
    all.push(sql`exists (select from upload_session session where session.sample_id = sample.id
      and (session.reason = ${reason} or session.last_rejection ->> 'reason' = ${reason}) offset 0)`)
  if (vendor)
    all.push(sql`exists (select from upload where upload.sample_id = sample.id
      and upload.state = 'accepted' and upload.vendor = ${vendor} offset 0)`)
  return all
}
