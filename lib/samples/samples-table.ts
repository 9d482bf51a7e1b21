import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { packRecord, unpackRecord } from './pack-record.ts'
import type { SampleStatus } from './sample.ts'
import type { SampleConditions, SampleFilter } from './sample-filter.ts'
import { estimateRows, fewFoundBy, foundBy } from './sample-search-table.ts'

export type SampleRow = Selectable<Schema['sample']>
export type SampleStatusRow = Selectable<Schema['sample_status']>

/** A sample with its whole quality record; what selects several has of it what the database is asked for. */
export async function selectSample(db: Database | Tx, id: string): Promise<SampleRow | undefined> {
  const row = await db.selectFrom('sample').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { ...row, qc: unpackRecord(row.qc, row.qc_packed) }
}

/** The samples of a project with these ids. */
export function selectSamplesOf(db: Database, projectId: string, ids: string[]): Promise<SampleRow[]> {
  return db
    .selectFrom('sample')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .orderBy('created')
    .execute()
}

/** The history of one sample, newest first, as one page and the number of all. */
export async function selectStatuses(
  db: Database,
  sampleId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: SampleStatusRow[] }> {
  const ofSample = db.selectFrom('sample_status').where('sample_id', '=', sampleId)
  const [{ count }, rows] = await Promise.all([
    ofSample.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    // The id only keeps pages stable should two changes carry the same instant.
    ofSample.selectAll().orderBy('created', 'desc').orderBy('id').limit(limit).offset(offset).execute(),
  ])
  return { count: Number(count), rows }
}

interface MovedSample {
  projectId: string
  clientId: string
  before: string
}

/**
 * Move a sample to a status if its present one is among `from`, and add the change to its history. Returns its owner and
 * previous status; undefined when the move is not allowed, for example because another process was first.
 */
export async function updateStatus(
  tx: Tx,
  sampleId: string,
  to: SampleStatus,
  { note, from }: { note: string; from: readonly SampleStatus[] },
): Promise<MovedSample | undefined> {
  const { rows } = await sql<MovedSample>`
    with found as (select id, status from sample where id = ${sampleId} for update),
    moved as (
      update sample
         set status = ${to}, status_note = ${note}, status_id = gen_random_uuid(),
             status_at = app_now(), modified = app_now()
        from found
       where sample.id = found.id and found.status = any(${from})
       returning sample.id, project_id, client_id, status_id, status_at, found.status as before
    ),
    history as (
      insert into sample_status (id, sample_id, status, note, created)
      select status_id, id, ${to}, ${note}, status_at from moved
    )
    select project_id as "projectId", client_id as "clientId", before from moved`.execute(tx)
  return rows[0]
}

/** Insert samples that are scheduled, each with its first line of history, as one statement. */
export async function insertScheduled(
  tx: Tx,
  {
    projectId,
    samples,
    metadata,
  }: { projectId: string; samples: readonly { id: string; clientId: string }[]; metadata: unknown },
): Promise<void> {
  await sql`
    with made as (
      insert into sample (id, project_id, client_id, metadata, status, status_id, status_at, created, modified)
      select one.id, ${projectId}::uuid, one.client_id, ${metadata === null ? null : JSON.stringify(metadata)}::jsonb,
             'scheduled', gen_random_uuid(), now, now, now
        from unnest(${samples.map(({ id }) => id)}::uuid[],
                    ${samples.map(({ clientId }) => clientId)}::text[]) as one (id, client_id), app_now() as now
      returning id, status_id, status_at
    )
    insert into sample_status (id, sample_id, status, note, created)
    select status_id, id, 'scheduled', '', status_at from made`.execute(tx)
}

/** Store the numbers of the analysis and, if quality control failed, why, in words. */
export async function updateQuality(
  tx: Tx,
  sampleId: string,
  { qc, failedQc }: { qc: unknown; failedQc: string | null },
): Promise<void> {
  const { qc: asked, packed } = packRecord(qc)
  await tx
    .updateTable('sample')
    .set({
      qc: JSON.stringify(asked),
      qc_packed: packed,
      failed_qc: failedQc,
      modified: sql<Date>`app_now()`,
    })
    .where('id', '=', sampleId)
    .execute()
}

/** The metadata of a sample as the JSON text that the database keeps: a driver's numbers are doubles. */
export async function selectMetadataText(db: Database, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('sample')
    .select(sql<string | null>`metadata::text`.as('text'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.text ?? null
}

/** Replace all of a sample's metadata. Returns it as the text that the database made of it; undefined where there is no such sample any more. */
export async function updateMetadata(
  db: Database | Tx,
  sampleId: string,
  metadata: unknown,
): Promise<string | undefined> {
  const row = await db
    .updateTable('sample')
    .set({ metadata: JSON.stringify(metadata), modified: sql<Date>`app_now()` })
    .where('id', '=', sampleId)
    .returning(sql<string>`metadata::text`.as('text'))
    .executeTakeFirst()
  return row?.text
}

export async function updateSampleRun(tx: Tx, sampleId: string, runId: string): Promise<void> {
  await tx.updateTable('sample').set({ run_id: runId }).where('id', '=', sampleId).execute()
}

/** Samples of each project: those that lists show, and hidden ones. */
export interface SampleCounts {
  shown: number
  hidden: number
}

export async function selectSampleCounts(
  db: Database,
  projectIds: string[],
): Promise<Map<string, SampleCounts>> {
  const rows = await db
    .selectFrom('sample')
    .select((eb) => [
      'project_id',
      eb.fn.countAll<number>().as('all'),
      eb.fn.countAll<number>().filterWhere('hidden', '=', true).as('hidden'),
    ])
    .where('project_id', 'in', projectIds)
    .groupBy('project_id')
    .execute()
  return new Map(
    rows.map(({ project_id, all, hidden }) => [
      project_id,
      { shown: Number(all) - Number(hidden), hidden: Number(hidden) },
    ]),
  )
}

/** Hide or show these samples. */
export async function updateHidden(tx: Tx, ids: readonly string[], hidden: boolean): Promise<void> {
  await tx
    .updateTable('sample')
    .set({ hidden, modified: sql<Date>`app_now()` })
    .where('id', 'in', ids)
    .where('hidden', '!=', hidden)
    .execute()
}

/** Whether a filter asks for what is in an archive: nothing of ours ever is. */
const isArchive = (status: SampleFilter['archive_status']) =>
  status === 'archived' || status === 'restore_requested'

/** Samples of a project that this filter finds, in no order. */
export function matchingSamples(db: Database, projectId: string, filter: SampleConditions) {
  const among = db.selectFrom('sample')
  return narrow(filter.search === '' ? among : among.where(foundBy(filter.search)), projectId, filter)
}

/** The same, but for the search. */
function narrow(
  among: SelectQueryBuilder<Schema, 'sample', object>,
  projectId: string,
  filter: Omit<SampleConditions, 'search'>,
) {
  let found = among.where('project_id', '=', projectId)
  if (filter.hidden_status !== 'all') found = found.where('hidden', '=', filter.hidden_status === 'hidden')
  if (isArchive(filter.archive_status)) found = found.where(sql<boolean>`false`)
  if (filter.status) found = found.where('status', 'in', filter.status)
  if (filter.created_after) found = found.where('created', '>=', filter.created_after)
  if (filter.created_before) found = found.where('created', '<', pastShown(filter.created_before))
  if (filter.modified_after) found = found.where('modified', '>=', filter.modified_after)
  if (filter.modified_before) found = found.where('modified', '<', pastShown(filter.modified_before))
  return found
}

/** How far samples are counted; above that the planner's estimate has to do. */
const COUNT_MAX = 10_000
/** Among how many samples those are counted that a search finds where it finds many. */
const SEARCHED_MAX = 5_000

export interface SamplePage {
  count: number
  /** The count is an estimate: there are more than COUNT_MAX, or the search had to look at more than those. */
  estimated: boolean
  rows: SampleRow[]
}

interface PageAsked {
  limit: number
  offset: number
}

/** One page of a project's samples by this filter, and how many there are in all. */
export async function selectSamples(
  db: Database,
  projectId: string,
  filter: SampleFilter,
  page: PageAsked,
): Promise<SamplePage> {
  const few = filter.search === '' ? null : await fewFoundBy(db, filter.search)
  if (few) {
    const listed = await selectOfFew(db, projectId, filter, { ...page, few })
    if (listed.count <= COUNT_MAX) return { ...listed, estimated: false }
  }
  const [{ count, all }, rows] = await Promise.all([
    countSome(db, projectId, filter),
    inOrder(walked(db, projectId, filter).selectAll(), filter)
      .limit(page.limit)
      .offset(page.offset)
      .execute(),
  ])
  if (all) return { count, estimated: false, rows }
  const { limit, offset } = page
  // The end was seen: what is before it was skipped, and so counted.
  if (rows.length > 0 && rows.length < limit) return { count: offset + rows.length, estimated: false, rows }
  const planned = await estimateRows(db, matchingSamples(db, projectId, filter).select('id'))
  // A page that is full may have others behind it; one that is empty has none.
  const known = rows.length > 0 ? Math.max(planned, offset + rows.length + 1) : Math.min(planned, offset)
  return { count: Math.max(count, known), estimated: true, rows }
}

/**
 * What the filter finds. What a search finds of many is looked for along the order of the page: without the offset, the
 * planner would now and then read all that it finds.
 */
function walked(db: Database, projectId: string, filter: SampleFilter) {
  const among = narrow(db.selectFrom('sample'), projectId, filter)
  if (filter.search === '') return among
  const inTurn = inOrder(among.selectAll(), filter).offset(0).as('sample')
  const walk = db.selectFrom(inTurn) as unknown as SelectQueryBuilder<Schema, 'sample', object>
  return walk.where(foundBy(filter.search))
}

/** The id makes the order total, so that pages neither repeat nor skip a sample. */
function inOrder<Row>(
  query: SelectQueryBuilder<Schema, 'sample', Row>,
  { sort_by, sort_order }: Pick<SampleFilter, 'sort_by' | 'sort_order'>,
) {
  const sorted = query.orderBy(sort_by, sort_order)
  // As in the index that has this order.
  return (sort_by === 'status' ? sorted.orderBy('modified', sort_order) : sorted).orderBy('id', sort_order)
}

/**
 * The same page where a search finds few: those are looked for among all samples, once, and counted and put in order
 * then. Counted to COUNT_MAX + 1, and with more the page is not the right one.
 */
async function selectOfFew(
  db: Database,
  projectId: string,
  filter: SampleFilter,
  { limit, offset, few }: PageAsked & { few: RawBuilder<unknown> },
): Promise<{ count: number; rows: SampleRow[] }> {
  const sample = sql<SampleRow>`${few}`.as('sample')
  const among = db.selectFrom(sample) as unknown as SelectQueryBuilder<Schema, 'sample', object>
  const found = narrow(among, projectId, filter)
    .select(['id', 'project_id', 'client_id', 'status', 'created', 'modified'])
    .limit(COUNT_MAX + 1)
  const ordered = inOrder(db.selectFrom('found as sample' as 'sample').select('id'), filter)
  const { rows } = await sql<{ found: number } & SampleRow>`
    with found as materialized (${found})
    select counted.found, sample.*
      from (select count(*)::int as found from found) counted
      left join lateral (
        select id, row_number() over () as n from (${ordered.limit(limit).offset(offset)}) ordered
      ) page on true
      left join sample on sample.id = page.id
     order by page.n`.execute(db)
  return {
    count: rows[0]!.found,
    rows: rows.filter(({ id }) => id !== null).map(({ found: _, ...row }) => row),
  }
}

/** How many samples the filter finds of the first that it has to look at, and whether those are all. */
async function countSome(
  db: Database,
  projectId: string,
  filter: SampleFilter,
): Promise<{ count: number; all: boolean }> {
  const { search, created_after, created_before } = filter
  const max = search === '' ? COUNT_MAX : SEARCHED_MAX
  let some = narrow(db.selectFrom('sample'), projectId, filter)
  // The index that has all that these ask for: to count in it reads no rows.
  if (search === '' && !created_after && !created_before)
    some = inOrder(some, { sort_by: 'status', sort_order: 'asc' })
  const looked = search === '' ? some.select('id') : some.select(['id', 'client_id', 'metadata'])
  const found = search === '' ? sql<boolean>`true` : foundBy(search)
  const counted = await db
    .selectFrom(looked.limit(max + 1).as('sample'))
    .select((eb) => [
      eb.fn.countAll<number>().as('looked'),
      eb.fn.countAll<number>().filterWhere(found).as('found'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(counted.found), all: Number(counted.looked) <= max }
}
