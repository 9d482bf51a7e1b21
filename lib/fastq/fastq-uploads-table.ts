import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import type { FastqUpload } from './fastq-upload.ts'
import type { SheetFilter, UploadFilter } from './upload-filter.ts'

type Row = Selectable<Schema['fastq_upload']>

const fromRow = (row: Row): FastqUpload => ({
  id: row.id,
  projectId: row.project_id,
  destinationPath: row.destination_path,
  pairPath: row.pair_path,
  clientId: row.client_id,
  rNotation: row.r_notation,
  sealedUrl: row.sealed_url,
  sourceHost: row.source_host,
  size: row.size,
  expiresAt: row.expires_at,
  source: row.source,
  status: {
    id: row.status_id,
    status: row.status,
    note: row.status_note,
    created: row.status_at,
  },
  userId: row.user_id,
  sampleId: row.sample_id,
  created: row.created,
})

/** Projects whose uploads a caller may see; null: all, and those of the organisation. */
type Reach = readonly string[] | null

const visible = (db: Database | Tx, reach: Reach) => {
  const there = db.selectFrom('fastq_upload').where('deleted_at', 'is', null)
  if (reach === null) return there
  return there.where('project_id', 'in', reach.length > 0 ? [...reach] : [NO_PROJECT])
}

/** No project has this id: the database writes it in the place of null. */
const NO_PROJECT = '00000000-0000-0000-0000-000000000000'

/** An upload that is not deleted. */
export async function selectFastqUpload(db: Database | Tx, id: string): Promise<FastqUpload | undefined> {
  const row = await visible(db, null).selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** What an owner has at a destination, deleted or not. */
export async function selectAtDestination(
  db: Database | Tx,
  projectId: string | null,
  destinationPath: string,
): Promise<FastqUpload | undefined> {
  const row = await db
    .selectFrom('fastq_upload')
    .selectAll()
    .where(sql<string>`coalesce(project_id, ${NO_PROJECT})`, '=', projectId ?? NO_PROJECT)
    .where('destination_path', '=', destinationPath)
    .executeTakeFirst()
  return row && fromRow(row)
}

export interface NewUpload
  extends Pick<
    FastqUpload,
    | 'id'
    | 'projectId'
    | 'destinationPath'
    | 'pairPath'
    | 'clientId'
    | 'rNotation'
    | 'sourceHost'
    | 'size'
    | 'expiresAt'
    | 'userId'
  > {
  sealedUrl: string
  createdBy: string | null
}

/** Undefined when its owner has something at that destination already. */
export async function insertFastqUpload(tx: Tx, upload: NewUpload): Promise<FastqUpload | undefined> {
  const row = await tx
    .insertInto('fastq_upload')
    .values({
      id: upload.id,
      project_id: upload.projectId,
      destination_path: upload.destinationPath,
      pair_path: upload.pairPath,
      client_id: upload.clientId,
      r_notation: upload.rNotation,
      sealed_url: upload.sealedUrl,
      source_host: upload.sourceHost,
      size: upload.size,
      expires_at: upload.expiresAt,
      created_by: upload.createdBy,
      user_id: upload.userId,
      sample_id: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

/** An upload of the list, with its time to the microsecond. */
export interface ListedUpload extends FastqUpload {
  place: string
}

/** One page of the uploads within reach, newest first, behind a place or an offset, and one row more; counted to COUNT_MAX + 1. */
export async function selectFastqUploads(
  db: Database,
  reach: Reach,
  filter: UploadFilter,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: ListedUpload[] }> {
  let found = visible(db, reach)
  if (filter.status) found = found.where('status', '=', filter.status)
  if (filter.search !== '') found = found.where(matches(filter.search))
  const some = found.select('id').limit(COUNT_MAX + 1)
  const behind = sql<boolean>`(created, id)
    < (timestamptz 'epoch' + ${after?.value}::bigint * interval '1 microsecond', ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const [{ count }, rows] = await Promise.all([
    db
      .selectFrom(some.as('some'))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    page
      .selectAll()
      .select(sql<string>`(extract(epoch from created) * 1000000)::bigint::text`.as('place'))
      .orderBy('created', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute(),
  ])
  return { count: Number(count), rows: rows.map((row) => ({ ...fromRow(row), place: row.place })) }
}

/** What belongs to one sample, or will: an R1, and its R2 if there is one. */
export interface Pair {
  r1: FastqUpload
  r2: FastqUpload | undefined
}

/** A pair of the list, with the value that it is sorted by; times in microseconds since 1970. */
export interface ListedPair extends Pair {
  place: string
}

/**
 * One page of the pairs within reach, behind a place or an offset, and one row more; counted to COUNT_MAX + 1. An R2
 * without its R1 is in none.
 */
export async function selectPairs(
  db: Database,
  reach: Reach,
  filter: SheetFilter,
  { limit, offset, after }: ListPage,
): Promise<{ count: number; rows: ListedPair[] }> {
  let found = visible(db, reach).where('r_notation', '=', 'R1')
  if (filter.status !== 'all') {
    found = found.where('sample_id', filter.status === 'assigned' ? 'is not' : 'is', null)
  }
  if (filter.search !== '') found = found.where(matches(filter.search))
  if (filter.project) {
    const { project } = filter
    found = found.where((eb) => eb.or([eb('project_id', '=', project), eb('project_id', 'is', null)]))
  }
  if (filter.expires_before) found = found.where(expiring(filter.expires_before))
  const some = found.select('id').limit(COUNT_MAX + 1)
  const { sort_by, sort_order } = filter
  const column = sql.ref(sort_by)
  const value =
    sort_by === 'client_id'
      ? sql`${after?.value}::text`
      : sql`timestamptz 'epoch' + ${after?.value}::bigint * interval '1 microsecond'`
  const behind = sql<boolean>`(${column}, id) ${sql.raw(sort_order === 'asc' ? '>' : '<')} (${value}, ${after?.id}::uuid)`
  const page = after ? found.where(behind) : found.offset(offset)
  const place =
    sort_by === 'client_id' ? column : sql`(extract(epoch from ${column}) * 1000000)::bigint::text`
  const [{ count }, firsts] = await Promise.all([
    db
      .selectFrom(some.as('some'))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    page
      .selectAll()
      .select(sql<string>`${place}`.as('place'))
      .orderBy(sort_by, sort_order)
      .orderBy('id', sort_order)
      .limit(limit + 1)
      .execute(),
  ])
  const seconds = await selectSeconds(db, reach, firsts)
  const rows = firsts.map((r1) => ({ r1: fromRow(r1), r2: seconds.get(pairKey(r1)), place: r1.place }))
  return { count: Number(count), rows }
}

/** One of the two URLs of a pair is enough. */
const expiring = (before: Date) => sql<boolean>`(expires_at < ${before} or exists (
  select from fastq_upload r2 where r2.pair_path = fastq_upload.pair_path and r2.r_notation = 'R2'
    and r2.project_id is not distinct from fastq_upload.project_id
    and r2.sample_id is not distinct from fastq_upload.sample_id
    and r2.deleted_at is null and r2.expires_at < ${before}))`

async function selectSeconds(
  db: Database,
  reach: Reach,
  firsts: readonly Row[],
): Promise<Map<string, FastqUpload>> {
  if (firsts.length === 0) return new Map()
  const rows = await visible(db, reach)
    .selectAll()
    .where('r_notation', '=', 'R2')
    .where('pair_path', 'in', [...new Set(firsts.map((row) => row.pair_path))])
    .execute()
  return new Map(rows.map((row) => [pairKey(row), fromRow(row)]))
}

/** Of one owner, one name, and the same sample, or none of either. */
const pairKey = (row: Row): string => JSON.stringify([row.project_id, row.pair_path, row.sample_id])

/** What begins with `gncv://` is the beginning of a destination; anything else may stand anywhere in it, or be an id. */
function matches(search: string) {
  const escaped = search.replaceAll(/[\\%_]/g, '\\$&')
  if (search.startsWith('gncv://')) return sql<boolean>`destination_path like ${`${escaped}%`}`
  return sql<boolean>`(destination_path ilike ${`%${escaped}%`} or id::text = ${search.toLowerCase()})`
}

/** Those of these uploads that are within reach, deleted ones included, held until the transaction ends. */
export async function lockUploads(
  tx: Tx,
  reach: Reach,
  ids: readonly string[],
): Promise<(FastqUpload & { deleted: boolean })[]> {
  if (ids.length === 0) return []
  let found = tx
    .selectFrom('fastq_upload')
    .selectAll()
    .where('id', 'in', [...ids])
  if (reach !== null) found = found.where('project_id', 'in', reach.length > 0 ? [...reach] : [NO_PROJECT])
  const rows = await found.orderBy('id').forUpdate().execute()
  return rows.map((row) => ({ ...fromRow(row), deleted: row.deleted_at !== null }))
}

/** Note which sample each upload became part of. */
export async function updateAssigned(
  tx: Tx,
  assigned: readonly { uploadId: string; sampleId: string }[],
): Promise<void> {
  await sql`
    update fastq_upload set sample_id = one.sample, modified = app_now()
      from unnest(${assigned.map(({ uploadId }) => uploadId)}::uuid[],
                  ${assigned.map(({ sampleId }) => sampleId)}::uuid[]) as one (upload, sample)
     where id = one.upload`.execute(tx)
}

/** Forget the URLs; that there was something stays, because its destination may not mean something else later. */
export async function updateDeleted(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('fastq_upload')
    .set({ sealed_url: null, deleted_at: sql<Date>`app_now()`, modified: sql<Date>`app_now()` })
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
}

/** Some uploads of test projects that belong to no sample and came so many days ago, deleted or not, held until the transaction ends. */
export async function lockOldTestUploads(
  tx: Tx,
  { days, limit }: { days: number; limit: number },
): Promise<{ id: string; projectId: string; deleted: boolean }[]> {
  const { rows } = await sql<{ id: string; projectId: string; deleted: boolean }>`
    select old.id, project.id as "projectId", old.deleted
      from project cross join lateral (
        select id, deleted_at is not null as deleted from fastq_upload
         where project_id = project.id and sample_id is null
           and created <= (select app_now()) - make_interval(days => ${days})
         order by created limit ${limit} for update skip locked
      ) old
     where project.is_test limit ${limit}`.execute(tx)
  return rows
}

/** Remove the rows, so that their destinations are free again. */
export async function removeUploads(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('fastq_upload')
    .where('id', 'in', [...ids])
    .execute()
}

/** Free a destination of a project whose upload was deleted. */
export async function removeDeletedAt(tx: Tx, projectId: string, destinationPath: string): Promise<void> {
  await tx
    .deleteFrom('fastq_upload')
    .where(sql<string>`coalesce(project_id, ${NO_PROJECT})`, '=', projectId)
    .where('destination_path', '=', destinationPath)
    .where('deleted_at', 'is not', null)
    .execute()
}

/** URLs that another key than this one sealed, at most so many. */
export const selectUrlsSealedOtherwise = (db: Database, kid: string, limit: number) =>
  db
    .selectFrom('fastq_upload')
    .select(['id', 'sealed_url'])
    .where('sealed_url', 'is not', null)
    .where(sql<boolean>`not starts_with(sealed_url, ${`${kid}.`})`)
    .orderBy('id')
    .limit(limit)
    .$narrowType<{ sealed_url: string }>()
    .execute()

/** Unless the upload was deleted meanwhile. */
export async function updateSealedUrl(db: Database, id: string, from: string, to: string): Promise<void> {
  const change = db.updateTable('fastq_upload').set({ sealed_url: to }).where('id', '=', id)
  await change.where('sealed_url', '=', from).execute()
}
