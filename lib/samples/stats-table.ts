import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import type { SampleStatus } from './sample.ts'
import type { SampleConditions } from './sample-filter.ts'
import { matchingSamples } from './samples-table.ts'

/** How many samples have each status; those that none has are missing. */
export async function selectStatusCounts(
  db: Database,
  projectId: string,
  filter: SampleConditions,
): Promise<Map<SampleStatus, number>> {
  const rows = await matchingSamples(db, projectId, filter)
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}

/** Bytes of their deliverables. */
export async function selectFileBytes(
  db: Database,
  projectId: string,
  filter: SampleConditions,
): Promise<number> {
  const { bytes } = await db
    .selectFrom('deliverable')
    .where('sample_id', 'in', matchingSamples(db, projectId, filter).select('id'))
    .select(sql<string>`coalesce(sum(size), 0)`.as('bytes'))
    .executeTakeFirstOrThrow()
  return Number(bytes)
}

/** How many of them failed each check, by its key; the most frequent first. */
export async function selectFailedChecks(
  db: Database,
  projectId: string,
  filter: SampleConditions,
): Promise<Map<string, number>> {
  const records = matchingSamples(db, projectId, filter).where('status', '=', 'failed qc').select('qc')
  const { rows } = await sql<{ key: string; count: string }>`
    select failed ->> 'key' as key, count(*) as count
      from (${records}) record,
           jsonb_path_query(record.qc, '$.checks[*] ? (@.status == "failed")') as failed
     where failed ->> 'key' is not null
     group by 1 order by count(*) desc, 1`.execute(db)
  return new Map(rows.map(({ key, count }) => [key, Number(count)]))
}
