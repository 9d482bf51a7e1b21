import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'

/**
 * Lock samples of a project and what belongs to them until the transaction ends; returns the ids that exist. Code that
 * ends a run or a session locks that first and its sample afterwards. This keeps the same order, to avoid deadlocks.
 */
export async function lockToDelete(tx: Tx, projectId: string, ids: string[]): Promise<string[]> {
  for (const table of ['run', 'upload_session'] as const) {
    await tx
      .selectFrom(table)
      .innerJoin('sample', 'sample.id', `${table}.sample_id`)
      .select('sample.id')
      .where('sample.project_id', '=', projectId)
      .where('sample.id', 'in', ids)
      .orderBy('sample.id')
      .forUpdate(table)
      .execute()
  }
  const rows = await tx
    .selectFrom('sample')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

/** Ids of some samples of a project, in no particular order. */
export async function selectSomeIds(tx: Tx, projectId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('sample')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The test projects with samples that were created at least so many days ago, in no particular order. */
export async function selectOldTestProjects(db: Database, days: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select project.id from project
     cross join lateral (select from sample where project_id = project.id and ${atLeast(days)} order by created limit 1) old
     where is_test
     -- None is always the one whose samples take all the time.
     order by random()`.execute(db)
  return rows.map(({ id }) => id)
}

/** Some samples of a project that were created at least so many days ago. */
export async function selectOldSamples(
  db: Database,
  projectId: string,
  { days, limit }: { days: number; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sample where project_id = ${projectId} and ${atLeast(days)}
     order by created limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

const atLeast = (days: number) => sql`created <= (select app_now()) - make_interval(days => ${days})`

/**
 * Replace samples by tombstones: their rows are deleted, with everything that refers to them (history, session, uploads,
 * runs, deliverables, events and their deliveries).
 */
export async function replaceByTombstones(
  tx: Tx,
  ids: string[],
  by: { kind: string; id: string | null },
): Promise<void> {
  await sql`
    insert into sample_tombstone
      (sample_id, project_id, deleted_at, deleted_by_kind, deleted_by_id, files, bytes, next_check_at)
    select id, project_id, app_now(), ${by.kind}, ${by.id}::uuid, count(size), coalesce(sum(size), 0),
           app_now() + interval '1 minute'
      from sample left join lateral (
        -- The original is stored once, and listed as both.
        select storage_key, size from deliverable where sample_id = sample.id
        union
        select storage_key, size from upload where sample_id = sample.id and state = 'accepted' and erased_at is null
      ) file on true
     where id = any(${ids}::uuid[]) group by id, project_id`.execute(tx)
  await tx.deleteFrom('sample').where('id', 'in', ids).execute()
}

/** Deleted samples that are due for another check, longest overdue first. */
export async function selectTombstonesDue(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('sample_tombstone')
    .select('sample_id')
    .where('next_check_at', '<=', sql<Date>`app_now()`)
    .orderBy('next_check_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.sample_id)
}

/**
 * Record that a sample has no stored bytes left, and whether this check `found` any. The next check comes after one
 * minute, two, four, …; after `quietChecks` checks in a row that found nothing there is none.
 */
export async function updateErased(
  db: Database,
  sampleId: string,
  { found, quietChecks }: { found: boolean; quietChecks: number },
): Promise<void> {
  await sql`
    update sample_tombstone
       set erased_at = case when ${found} or erased_at is null then app_now() else erased_at end,
           quiet_checks = case when ${found} then 0 else quiet_checks + 1 end,
           next_check_at = case when ${found} then app_now() + interval '1 minute'
             when quiet_checks + 1 < ${quietChecks} then app_now() + power(2, quiet_checks) * interval '1 minute' end
     where sample_id = ${sampleId}`.execute(db)
}

/** A sample that is due for another check, and could not be checked, is due behind all others that are. */
export async function postponeCheck(db: Database, sampleId: string): Promise<void> {
  await db
    .updateTable('sample_tombstone')
    .set({ next_check_at: sql<Date>`app_now()` })
    .where('sample_id', '=', sampleId)
    .where('next_check_at', 'is not', null)
    .execute()
}
