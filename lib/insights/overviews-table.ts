import { type RawBuilder, sql } from 'kysely'
import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { SampleRow } from '#lib/samples/samples-table.ts'
import { fewSamplesFoundBy, placeSamples, samplesFoundBy } from '#lib/samples/search-samples.ts'
import type { Database } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { readAtOnce } from '#lib/wire/read-at-once.ts'
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
const FEW = COUNT_MAX

/**
 * One page of the samples of these projects, behind a place or an offset, and how many there are in all, counted among
 * `countMax` at least: all at one moment.
 */
export const selectOverviews = (
  db: Database,
  scope: Scope,
  filter: OverviewFilter,
  page: ListPage,
  countMax: number,
): Promise<FoundOverviews> => readAtOnce(db, (db) => selectPage(db, scope, filter, page, countMax))

async function selectPage(
  db: Database,
  scope: Scope,
  { reason, vendor, ...filter }: OverviewFilter,
  page: ListPage,
  countMax: number,
): Promise<FoundOverviews> {
  const lookUps = [
    ...(reason
      ? [{ is: hasReason(reason), ids: sql`select sample_id as id from (${withReason(reason, vendor)}) one` }]
      : []),
    ...(vendor
      ? [{ is: hasVendor(vendor), ids: sql`select sample_id as id from (${withVendor(vendor)}) one` }]
      : []),
  ]
  const found = await placeSamples({ db }, { ...filter, projects: scope, lookUps }, page, countMax)
  const { rows } = await sql<ListedOverview>`
    select ${COLUMNS}, left(page.metadata::text, ${EXCERPT_CHARACTERS}) as metadata_excerpt, ${FACTS},
           jsonb_build_object('your_reference', page.metadata -> 'your_reference',
                              'reference', page.metadata -> 'reference') as naming
      from unnest(${found.rows.map(({ id }) => id)}::uuid[]) with ordinality as placed (id, n)
      join sample page on page.id = placed.id ${WITH_FACTS}
     order by placed.n`.execute(db)
  return { ...found, rows }
}

interface FoundOverviews {
  /** Of all, or of those that were counted. */
  count: number
  all: boolean
  rows: ListedOverview[]
  /** Where the next page begins. */
  next: { value: string; id: string } | undefined
}

/** A row of the list. */
export interface ListedOverview extends Overview {
  /** What its metadata says of the members that name it. */
  naming: unknown
}

/** Newest first, in which the export reads them. */
const newestFirst = (of: string) => sql`${sql.ref(`${of}.created`)} desc, ${sql.ref(`${of}.id`)} desc`

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
  return filter.search === '' ? null : fewSamplesFoundBy({ db }, filter.search, FEW)
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
  const few = await fewWith(db, filter)
  const rowsInOrder = few
    ? sql`select * from ${few} sample where ${conditions(filter)} and ${ofProjects(scope)} and ${beyond}
        order by ${newestFirst('sample')} limit ${limit}`
    : found(scope, filter, beyond, limit)
  const { rows } = await sql<ExportedSample>`
    select ${COLUMNS}, page.metadata::text as metadata, ${FACTS},
           page.qc #>> '{summary,inferredSex}' as inferred_sex, page.created::text as cursor
      from (${rowsInOrder}) page ${WITH_FACTS}
     order by page.created desc, page.id desc`.execute(db)
  return rows
}

/**
 * What the filter finds, in order. In chosen projects each is asked by its own indexes and the answers are merged: rows
 * that nobody sees are not read.
 */
function found(
  scope: Scope,
  filter: OverviewConditions,
  beyond: RawBuilder<boolean>,
  limit: number,
): RawBuilder<unknown> {
  const inOrder = newestFirst('sample')
  if (scope === null && !filter.status)
    return sql`select * from ${walked(filter, beyond)} order by ${inOrder} limit ${limit}`
  return sql`select one.* from project cross join lateral (
      -- In order, so that a project of few samples is not looked for among all the others.
      select * from ${walked(filter, sql`sample.project_id = project.id and ${beyond}`)}
       order by ${inOrder} limit ${limit}
    ) one
    where ${within(scope)} order by ${newestFirst('one')} limit ${limit}`
}

/**
 * What the filter finds, to select from, in an order that an index has. What is looked up of each sample, and is true of
 * many, is looked up along that order: without the offset, the planner would now and then read all that it is true of.
 */
function walked(filter: OverviewConditions, among: RawBuilder<boolean>): RawBuilder<unknown> {
  const lookedUp = lookUps(filter)
  if (lookedUp.length === 0) return sql`sample where ${among} and ${narrow(filter)}`
  return sql`(select * from sample where ${among} and ${narrow(filter)} order by ${newestFirst('sample')} offset 0) sample
    where ${sql.join(lookedUp, sql` and `)}`
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

/** One by one by their keys, whatever the planner thinks of how many there are. */
const WITH_FACTS = sql`
  left join lateral (select * from upload_session where sample_id = page.id offset 0) session on true
  left join lateral (select * from upload where sample_id = page.id and state = 'accepted' offset 0) upload on true`

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
  if (reason) all.push(hasReason(reason))
  if (vendor) all.push(hasVendor(vendor))
  return all
}

const hasReason = (reason: Reason) => sql<boolean>`exists (
  select from upload_session session where session.sample_id = sample.id
     and (session.reason = ${reason} or session.last_rejection ->> 'reason' = ${reason}) offset 0)`

const hasVendor = (vendor: Vendor) => sql<boolean>`exists (
  select from upload where upload.sample_id = sample.id
     and upload.state = 'accepted' and upload.vendor = ${vendor} offset 0)`
