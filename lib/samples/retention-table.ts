import { sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import { isUnderWay, SAMPLE_STATUSES } from './sample.ts'

/** If retention is due, set its next time and return it; otherwise undefined. */
export async function claimRetention(db: Database, seconds: number): Promise<Date | undefined> {
  const { rows } = await sql<{ next_at: Date }>`
    update retention set next_at = app_now() + make_interval(secs => ${seconds})
     where next_at <= app_now() returning next_at`.execute(db)
  return rows[0]?.next_at
}

/** A file whose retention has ended. */
export interface DueFile {
  sampleId: string
  projectId: string
  storageKey: string
}

/**
 * Give up the originals that are older than their project keeps them, of at most so many samples: the accepted files
 * and their copies among the deliverables. Only of samples of which nothing more will be made.
 */
export async function giveUpOriginals(tx: Tx, limit: number): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    with due as (
      select upload.id, upload.sample_id, upload.storage_key, sample.project_id
        from upload
        join sample on sample.id = upload.sample_id and ${ENDED}
        join project on project.id = sample.project_id
       where upload.state = 'accepted' and upload.erased_at is null
         and upload.received_at < ${daysAgo('rawFileDays')}
       limit ${limit} for update of upload skip locked
    ),
    given_up as (update upload set erased_at = app_now() from due where upload.id = due.id),
    copies as (
      delete from deliverable using due
       where deliverable.sample_id = due.sample_id and deliverable.file_type = 'array-zip'
      returning deliverable.sample_id, due.project_id, deliverable.storage_key
    )
    select sample_id as "sampleId", project_id as "projectId", storage_key as "storageKey" from due
    union all select sample_id, project_id, storage_key from copies`.execute(tx)
  return rows
}

/**
 * Give up deliverables that are older than their project keeps them, at most so many; original archives are another
 * matter. Fetched reads are originals, too: they go by the age of those.
 */
export async function giveUpDeliverables(tx: Tx, limit: number): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    with due as (
      select deliverable.id, sample.project_id
        from deliverable
        join sample on sample.id = deliverable.sample_id and ${ENDED}
        join project on project.id = sample.project_id
       where deliverable.file_type <> 'array-zip' and deliverable.created <
             case when deliverable.file_type in ('fastq-r1', 'fastq-r2') then ${daysAgo('rawFileDays')}
                  else ${daysAgo('deliverableDays')} end
       limit ${limit} for update of deliverable skip locked
    )
    delete from deliverable using due where deliverable.id = due.id
    returning sample_id as "sampleId", project_id as "projectId", storage_key as "storageKey"`.execute(tx)
  return rows
}

/**
 * Give up the logs of at most so many runs that failed or were canceled: an operator's command may have written anything
 * into them, so they go at the earlier of both ages.
 */
export async function giveUpLogs(tx: Tx, limit: number): Promise<DueFile[]> {
  const { rows } = await sql<DueFile>`
    with due as (
      select run.id, sample.project_id
        from run
        join sample on sample.id = run.sample_id and ${ENDED}
        join project on project.id = sample.project_id
       where run.state in ('failed', 'canceled') and run.attempts > 0 and not run.log_removed
         and run.ended_at < greatest(${daysAgo('rawFileDays')}, ${daysAgo('deliverableDays')})
       limit ${limit} for update of run skip locked
    )
    update run set log_removed = true from due where run.id = due.id
    returning run.sample_id as "sampleId", due.project_id as "projectId",
      'samples/' || run.sample_id || '/runs/' || run.id || '/log' as "storageKey"`.execute(tx)
  return rows
}

/** Nothing more will be made of it. */
const ENDED = sql`sample.status = any(${SAMPLE_STATUSES.filter((status) => !isUnderWay(status))})`

/** Null, and so never reached, where the project keeps them for ever. */
const daysAgo = (setting: 'rawFileDays' | 'deliverableDays') =>
  sql`app_now() - make_interval(secs => 86400 * (project.settings ->> ${setting}::text)::int)`

/** Queue stored objects for removal. */
export async function insertFileErasures(tx: Tx, keys: string[]): Promise<void> {
  await tx
    .insertInto('file_erasure')
    .values(keys.map((storage_key) => ({ storage_key, created: sql<Date>`app_now()` })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Some of those still to be removed, in random order: one that cannot be removed must not hold up the others. */
export async function selectFileErasures(db: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('file_erasure')
    .select('storage_key')
    .orderBy(sql`random()`)
    .limit(limit)
    .execute()
  return rows.map((row) => row.storage_key)
}

export async function deleteFileErasures(db: Database, keys: string[]): Promise<void> {
  await db.deleteFrom('file_erasure').where('storage_key', 'in', keys).execute()
}
