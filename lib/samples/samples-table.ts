import { type Selectable, sql } from 'kysely'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Database, Tx } from '#lib/services.ts'
import { type SampleStatus, statusesBefore } from './sample.ts'

export type SampleRow = Selectable<Schema['sample']>
export type SampleStatusRow = Selectable<Schema['sample_status']>

export function selectSample(db: Database | Tx, id: string): Promise<SampleRow | undefined> {
  return db.selectFrom('sample').selectAll().where('id', '=', id).executeTakeFirst()
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

/**
 * Move a sample to a status, if the status it has now allows that, and write the change into its history.
 * False when it does not: somebody else was first.
 */
export async function moveSample(tx: Tx, sampleId: string, to: SampleStatus, note: string): Promise<boolean> {
  const { rows } = await sql`
    with moved as (
      update sample
         set status = ${to}, status_note = ${note}, status_id = gen_random_uuid(),
             status_at = app_now(), modified = app_now()
       where id = ${sampleId} and status = any(${statusesBefore(to)})
       returning id, status_id, status_at
    )
    insert into sample_status (id, sample_id, status, note, created)
    select status_id, id, ${to}, ${note}, status_at from moved
    returning id`.execute(tx)
  return rows.length > 0
}

/** Store the numbers of the analysis, and in words why quality control failed, if it did. */
export async function updateQuality(
  tx: Tx,
  sampleId: string,
  { qc, failedQc }: { qc: unknown; failedQc: string | null },
): Promise<void> {
  await tx
    .updateTable('sample')
    .set({ qc: JSON.stringify(qc), failed_qc: failedQc, modified: sql<Date>`app_now()` })
    .where('id', '=', sampleId)
    .execute()
}

export async function updateSampleRun(tx: Tx, sampleId: string, runId: string): Promise<void> {
  await tx.updateTable('sample').set({ run_id: runId }).where('id', '=', sampleId).execute()
}
