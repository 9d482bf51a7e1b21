import { type Selectable, sql } from 'kysely'
import { estimateRows } from '#lib/platform/db/estimate-rows.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { pastShown } from '#lib/wire/fields.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { readAtOnce } from '#lib/wire/read-at-once.ts'
import { packRecord, unpackRecord } from './pack-record.ts'
import type { SampleStatus } from './sample.ts'
import type { SampleConditions, SampleFilter } from './sample-filter.ts'
import { selectPlaced } from './sample-lists-table.ts'
import { foundBy } from './sample-search-table.ts'

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
  let found = db.selectFrom('sample').where('project_id', '=', projectId)
  if (filter.search !== '') found = found.where(foundBy(filter.search))
  if (filter.hidden_status !== 'all') found = found.where('hidden', '=', filter.hidden_status === 'hidden')
  if (isArchive(filter.archive_status)) found = found.where(sql<boolean>`false`)
  if (filter.status) found = found.where('status', 'in', filter.status)
  if (filter.created_after) found = found.where('created', '>=', filter.created_after)
  if (filter.created_before) found = found.where('created', '<', pastShown(filter.created_before))
  if (filter.modified_after) found = found.where('modified', '>=', filter.modified_after)
  if (filter.modified_before) found = found.where('modified', '<', pastShown(filter.modified_before))
  return found
}

export interface SamplePage {
  count: number
  /** The count is the planner's estimate: there are more than COUNT_MAX, or the filter had to look at more than those. */
  estimated: boolean
  rows: SampleRow[]
  /** Where the next page begins. */
  next: { value: string; id: string } | undefined
}

/**
 * One page of a project's samples by this filter, behind a place or an offset, and how many there are in all, at one
 * moment. A first page is empty only where nothing is found.
 */
export async function selectSamples(
  db: Database,
  projectId: string,
  filter: SampleFilter,
  page: ListPage,
): Promise<SamplePage> {
  if (isArchive(filter.archive_status)) return { count: 0, estimated: false, rows: [], next: undefined }
  return readAtOnce(db, (db) => selectPage(db, projectId, filter, page))
}

async function selectPage(
  db: Database,
  projectId: string,
  filter: SampleFilter,
  { limit, offset, after }: ListPage,
): Promise<SamplePage> {
  const question = { ...filter, projects: [projectId] }
  const found = await selectPlaced(db, question, { limit, offset, after, goesOn: true }, COUNT_MAX)
  const { count, all, next } = found
  const ids = found.rows.map(({ id }) => id)
  const rows = await selectInOrder(db, ids)
  if (all) return { count, estimated: false, rows, next }
  const seen = offset + ids.length
  const planned = await estimateRows(db, matchingSamples(db, projectId, filter).select('id'))
  // A page that is full has others behind it; one that is not may have.
  const known = Math.max(planned, ids.length === limit ? seen + 1 : 0)
  return { count: Math.max(count, known), estimated: true, rows, next }
}

async function selectInOrder(db: Database, ids: readonly string[]): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select sample.* from unnest(${ids}::uuid[]) with ordinality as page (id, n)
      join sample on sample.id = page.id
     order by page.n`.execute(db)
  return rows
}
