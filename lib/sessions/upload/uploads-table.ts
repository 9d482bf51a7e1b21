import { type Selectable, sql } from 'kysely'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { Sniffed } from '#lib/genotype/verdict.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { Refusal, Upload } from './upload.ts'

const fromRow = (row: Selectable<Schema['upload']>): Upload => ({
  id: row.id,
  sampleId: row.sample_id,
  state: row.state,
  sha256: row.sha256,
  size: row.size,
  storageKey: row.storage_key,
})

export async function selectUpload(db: Database | Tx, id: string): Promise<Upload | undefined> {
  const row = await db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** Uploads of a sample in these states, newest first. */
export async function selectUploads(
  db: Database | Tx,
  sampleId: string,
  states: Upload['state'][],
): Promise<Upload[]> {
  const rows = await db
    .selectFrom('upload')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .where('state', 'in', states)
    .orderBy('created', 'desc')
    .execute()
  return rows.map(fromRow)
}

/** The accepted file of a sample: its vendor, its size, and when its last byte was in; undefined while there is none. */
export const selectAccepted = (
  db: Database | Tx,
  sampleId: string,
): Promise<Pick<Selectable<Schema['upload']>, 'vendor' | 'size' | 'sha256' | 'received_at'> | undefined> =>
  db
    .selectFrom('upload')
    .select(['vendor', 'size', 'sha256', 'received_at'])
    .where('sample_id', '=', sampleId)
    .where('state', '=', 'accepted')
    .executeTakeFirst()

/** Which of these samples have a file whose last byte is in and whose check has not ended. */
export async function selectChecking(db: Database | Tx, sampleIds: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('upload')
    .select('sample_id')
    .where('sample_id', 'in', sampleIds)
    .where('state', '=', 'checking')
    .execute()
  return new Set(rows.map((row) => row.sample_id))
}

/** An unfinished upload, with its place among them: when it began, to the microsecond. */
export interface ReceivingUpload extends Upload {
  begun: string
}

/** The next unfinished uploads behind this one whose session is open, oldest first: their last byte may have come in just before a crash. */
export async function selectReceiving(
  db: Database,
  { after, limit }: { after: ReceivingUpload | undefined; limit: number },
): Promise<ReceivingUpload[]> {
  const rows = await db
    .selectFrom('upload')
    .innerJoin('upload_session', 'upload_session.sample_id', 'upload.sample_id')
    .selectAll('upload')
    .select(sql<string>`upload.created::text`.as('begun'))
    .where('upload.state', '=', 'receiving')
    .where('upload_session.state', '=', 'opened')
    .where(
      after
        ? sql<boolean>`(upload.created, upload.id) > (${after.begun}::timestamptz, ${after.id})`
        : sql<boolean>`true`,
    )
    .orderBy('upload.created')
    .orderBy('upload.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...fromRow(row), begun: row.begun }))
}

/** Ids of unfinished uploads whose session has ended: the rest will never be sent. */
export async function selectLeftOver(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('upload')
    .innerJoin('upload_session', 'upload_session.sample_id', 'upload.sample_id')
    .select('upload.id')
    .where('upload.state', '=', 'receiving')
    .where('upload_session.state', 'in', ['received', 'expired', 'canceled'])
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export async function insertUpload(
  tx: Tx,
  upload: Pick<Upload, 'id' | 'sampleId' | 'sha256' | 'size'>,
): Promise<void> {
  await tx
    .insertInto('upload')
    .values({
      id: upload.id,
      sample_id: upload.sampleId,
      state: 'receiving',
      sha256: upload.sha256,
      size: upload.size,
      created: sql<Date>`app_now()`,
    })
    .execute()
}

/** The last byte is in: seconds since the first was announced. Undefined when the upload is not being received any more. */
export async function updateReceived(tx: Tx, id: string): Promise<number | undefined> {
  const received = await tx
    .updateTable('upload')
    .set({ state: 'checking', received_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .returning(sql<number>`extract(epoch from received_at - created)::float8`.as('seconds'))
    .executeTakeFirst()
  return received?.seconds
}

/** Accept as the sample's file. Returns false when another process judged it first. */
export async function updateAccepted(
  tx: Tx,
  id: string,
  file: { storageKey: string; vendor: Vendor; container: Sniffed['container'] },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('upload')
    .set({
      state: 'accepted',
      storage_key: file.storageKey,
      vendor: file.vendor,
      container: file.container,
      ended_at: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .where('state', '=', 'checking')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Refuse, mostly for what it holds. Returns false when another process judged it first. */
export async function updateRejected(tx: Tx, id: string, fault: Refusal): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('upload')
    .set({
      state: 'rejected',
      reason: fault.reason,
      detail: fault.detail ?? null,
      line: fault.line ?? null,
      ended_at: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .where('state', '=', 'checking')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Note that a check did not come to its end. Returns how often that has happened; undefined when another process judged the upload. */
export async function updateInterrupted(db: Database, id: string): Promise<number | undefined> {
  const noted = await db
    .updateTable('upload')
    .set({ checks_interrupted: sql<number>`checks_interrupted + 1` })
    .where('id', '=', id)
    .where('state', '=', 'checking')
    .returning('checks_interrupted')
    .executeTakeFirst()
  return noted?.checks_interrupted
}

/** Give up uploads. Returns the ids of those that were in one of these states. */
export async function updateDiscarded(
  db: Database | Tx,
  { ids, from }: { ids: string[]; from: Upload['state'][] },
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .updateTable('upload')
    .set({ state: 'discarded', ended_at: sql<Date>`app_now()` })
    .where('id', 'in', ids)
    .where('state', 'in', from)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Ids of uploads that have been in check for longer than this. */
export async function selectStuckChecks(db: Database, minutes: number): Promise<string[]> {
  const rows = await db
    .selectFrom('upload')
    .select('id')
    .where('state', '=', 'checking')
    .where('received_at', '<', sql<Date>`(select app_now()) - make_interval(mins => ${minutes})`)
    .orderBy('created')
    .execute()
  return rows.map((row) => row.id)
}

/** The state of each of these uploads; ids that have no row are not in it. */
export async function selectStates(db: Database, ids: string[]): Promise<Map<string, Upload['state']>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('upload').select(['id', 'state']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.state]))
}

export type UploadTry = Pick<
  Selectable<Schema['upload']>,
  | 'state'
  | 'size'
  | 'sha256'
  | 'created'
  | 'received_at'
  | 'ended_at'
  | 'vendor'
  | 'reason'
  | 'detail'
  | 'line'
  | 'erased_at'
>

/** One page of everything that was sent for a sample, newest first, and how many tries there were. */
export async function selectTries(
  db: Database,
  sampleId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ count: number; rows: UploadTry[] }> {
  const ofSample = db.selectFrom('upload').where('sample_id', '=', sampleId)
  const [{ count }, rows] = await Promise.all([
    ofSample.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
    ofSample
      .select(['state', 'size', 'sha256', 'created', 'received_at', 'ended_at', 'vendor', 'reason', 'detail'])
      .select(['line', 'erased_at'])
      .orderBy('created', 'desc')
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute(),
  ])
  return { count: Number(count), rows }
}
