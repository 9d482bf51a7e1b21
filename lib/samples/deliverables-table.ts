import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { Deliverable } from './deliverable.ts'

const fromRow = (row: Selectable<Schema['deliverable']>): Deliverable => ({
  id: row.id,
  sampleId: row.sample_id,
  fileType: row.file_type,
  name: row.name,
  storageKey: row.storage_key,
  size: row.size,
  sha256: row.sha256,
})

/** All deliverables of a sample, in the order of their file types. */
export async function selectDeliverables(db: Database | Tx, sampleId: string): Promise<Deliverable[]> {
  const rows = await db
    .selectFrom('deliverable')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .orderBy('file_type')
    .execute()
  return rows.map(fromRow)
}

export async function selectDeliverable(db: Database, id: string): Promise<Deliverable | undefined> {
  const row = await db.selectFrom('deliverable').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** Replace all deliverables of a sample by those of one run. */
export async function replaceDeliverables(
  tx: Tx,
  { sampleId, runId }: { sampleId: string; runId: string },
  files: Omit<Deliverable, 'id' | 'sampleId'>[],
): Promise<void> {
  await tx.deleteFrom('deliverable').where('sample_id', '=', sampleId).execute()
  if (files.length === 0) return
  await tx
    .insertInto('deliverable')
    .values(
      files.map((file) => ({
        sample_id: sampleId,
        run_id: runId,
        file_type: file.fileType,
        name: file.name,
        storage_key: file.storageKey,
        size: file.size,
        sha256: file.sha256,
        created: sql<Date>`app_now()`,
      })),
    )
    .execute()
}
