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
  // All of one time: an index by age then has one entry for the files of a run.
  await sql`
    insert into deliverable (sample_id, run_id, file_type, name, storage_key, size, sha256, created)
    select ${sampleId}::uuid, ${runId}::uuid, file."fileType", file.name, file."storageKey", file.size, file.sha256,
           (select app_now())
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb)
        as file ("fileType" text, name text, "storageKey" text, size bigint, sha256 text)`.execute(tx)
}
