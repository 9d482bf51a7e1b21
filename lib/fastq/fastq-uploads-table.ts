import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { FastqUpload } from './fastq-upload.ts'

export type FastqUploadRow = Selectable<Schema['fastq_upload']>

export const fromRow = (row: FastqUploadRow): FastqUpload => ({
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
export type Reach = readonly string[] | null

/** No project has this id: the database writes it in the place of null. */
const NO_PROJECT = '00000000-0000-0000-0000-000000000000'

/** An upload that is not deleted. */
export async function selectFastqUpload(db: Database | Tx, id: string): Promise<FastqUpload | undefined> {
  const there = db.selectFrom('fastq_upload').selectAll().where('deleted_at', 'is', null)
  const row = await there.where('id', '=', id).executeTakeFirst()
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

/** The test projects with uploads that no sample was made of, given at least so many days ago, in no particular order. */
export async function selectProjectsWithOldUploads(db: Database, days: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select project.id from project
     cross join lateral (select from fastq_upload where project_id = project.id and ${leftFor(days)} order by created limit 1) old
     where is_test
     order by random()`.execute(db)
  return rows.map(({ id }) => id)
}

/** Some of these uploads of a project, deleted ones included, locked until the transaction ends. */
export async function lockOldUploads(
  tx: Tx,
  projectId: string,
  { days, limit }: { days: number; limit: number },
): Promise<{ id: string; deleted: boolean }[]> {
  const { rows } = await sql<{ id: string; deleted: boolean }>`
    select id, deleted_at is not null as deleted from fastq_upload
     where project_id = ${projectId} and ${leftFor(days)}
     order by created limit ${limit} for update skip locked`.execute(tx)
  return rows
}

const leftFor = (days: number) =>
  sql`sample_id is null and created <= (select app_now()) - make_interval(days => ${days})`

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
