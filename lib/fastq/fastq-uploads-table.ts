import type { Selectable } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import type { FastqUpload } from './fastq-upload.ts'
import type { RNotation } from './map/destination.ts'

type Row = Selectable<Schema['fastq_upload']>

const fromRow = (row: Row): FastqUpload => ({
  id: row.id,
  projectId: row.project_id,
  destinationPath: row.destination_path,
  clientId: row.client_id,
  rNotation: row.r_notation as RNotation,
  // Only what is deleted has none.
  sealedUrl: row.sealed_url ?? '',
  sourceHost: row.source_host,
  size: row.size,
  expiresAt: row.expires_at,
  source: row.source,
  status: {
    id: row.status_id,
    status: row.status as FastqUpload['status']['status'],
    note: row.status_note,
    created: row.status_at,
  },
  userId: row.user_id,
  sampleId: row.sample_id,
  created: row.created,
})

/** An upload that is not deleted. */
export async function selectUpload(db: Database | Tx, id: string): Promise<FastqUpload | undefined> {
  const row = await db
    .selectFrom('fastq_upload')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row && fromRow(row)
}
