import { sql } from 'kysely'
import type { Database } from '#lib/services.ts'
import type { Run } from './run.ts'

/** Runs of which files may be left: they came to nothing, or only at a later attempt, or were superseded. Each is an index's condition. */
const UNTIDY_BY_KIND = {
  unsuccessful: sql<boolean>`state in ('failed', 'canceled')`,
  repeated: sql<boolean>`state = 'succeeded' and attempts > 1`,
  superseded: sql<boolean>`superseded`,
}
export const UNTIDY = Object.keys(UNTIDY_BY_KIND) as (keyof typeof UNTIDY_BY_KIND)[]

export interface UntidyRun extends Pick<Run, 'id' | 'sampleId' | 'state'> {
  attempts: number
  superseded: boolean
  /** Its place among them: when it ended, to the microsecond. */
  ended: string
}

/** The next untidy runs behind this one that ended this long ago, oldest first. */
export async function selectUntidy(
  db: Database,
  kind: keyof typeof UNTIDY_BY_KIND,
  { minutes, after, limit }: { minutes: number; after: UntidyRun | undefined; limit: number },
): Promise<UntidyRun[]> {
  const { rows } = await sql<UntidyRun>`
    select id, sample_id as "sampleId", state, attempts, superseded, ended_at::text as ended from run
     where ${UNTIDY_BY_KIND[kind]} and not files_removed
       and ended_at < (select app_now()) - make_interval(mins => ${minutes})
       and ${after ? sql`(ended_at, id) > (${after.ended}::timestamptz, ${after.id}::uuid)` : sql`true`}
     order by ended_at, id limit ${limit}`.execute(db)
  return rows
}

export async function updateTidied(db: Database, runId: string): Promise<void> {
  await db.updateTable('run').set({ files_removed: true }).where('id', '=', runId).execute()
}
