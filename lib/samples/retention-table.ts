import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database, Tx } from '#lib/services.ts'
import { isUnderWay, SAMPLE_STATUSES } from './sample.ts'

export async function isRetentionDue(db: Database): Promise<boolean> {
  const due = sql<boolean>`exists (select from retention where next_at <= app_now())`
  return (await db.selectNoFrom(due.as('due')).executeTakeFirstOrThrow()).due
}

/** Returns when retention runs next. */
export async function postponeRetention(db: Database, seconds: number): Promise<Date> {
  const { next_at } = await db
    .updateTable('retention')
    .set({ next_at: sql<Date>`app_now() + make_interval(secs => ${seconds})` })
    .returning('next_at')
    .executeTakeFirstOrThrow()
  return next_at
}

/** Files with an age of their own: originals, reads fetched in their place, and what was made of either. */
export const RETAINED = ['originals', 'reads', 'made'] as const
export type Retained = (typeof RETAINED)[number]

/** A project with files of one kind that are older than it keeps them: received or made before then. */
export interface DueProject {
  projectId: string
  before: Date
}

/** Reads one entry of an index for each project that keeps files for a time only. */
export async function selectDueProjects(db: Database, kind: Retained): Promise<DueProject[]> {
  const { setting, table, age, which } = KINDS[kind]
  const { rows } = await sql<DueProject>`
    select project.id as "projectId", project.before from (
      select id, (select app_now()) - make_interval(secs => 86400 * (settings ->> ${setting}::text)::int) as before
        from project where settings ->> ${setting}::text is not null
    ) project
    where exists (
      select from ${sql.table(table)} file
       where file.project_id = project.id and file.${sql.ref(age)} < project.before and ${which})`.execute(db)
  return rows
}

/** A file whose retention has ended. */
export interface DueFile {
  sampleId: string
  storageKey: string
}

/** How far a walk through the files of a project has come, from the oldest on. */
export interface Place {
  age: string
  id: string
}

/**
 * Give up the files of one kind that are older than the project keeps them, and the copies of originals among the
 * deliverables. Looks at the next `limit` files only, and leaves those of samples of which more will be made. Returns
 * what it gave up, and the place to continue from; none at the end.
 */
export async function giveUpFiles(
  tx: Tx,
  kind: Retained,
  { projectId, before }: DueProject,
  { from, limit }: { from: Place | undefined; limit: number },
): Promise<{ files: DueFile[]; next: Place | undefined }> {
  const { table, age, id, which, giveUp } = KINDS[kind]
  const onwards = from
    ? sql`(file.${sql.ref(age)}, file.id) > (${from.age}::timestamptz, ${from.id}::${sql.raw(id)})`
    : sql`true`
  const { rows } = await sql<Place & DueFile & { ended: boolean }>`
    select file.id, file.${sql.ref(age)}::text as age, file.sample_id as "sampleId",
           file.storage_key as "storageKey", sample.status = any(${ENDED}) as ended
      from ${sql.table(table)} file join sample on sample.id = file.sample_id
     where file.project_id = ${projectId} and file.${sql.ref(age)} < ${before} and ${which} and ${onwards}
     order by file.${sql.ref(age)}, file.id
     limit ${limit} for update of file skip locked`.execute(tx)
  const due = rows.filter(({ ended }) => ended)
  const copies = due.length > 0 ? await giveUp(tx, due) : []
  return { files: [...due, ...copies], next: rows.length < limit ? undefined : rows.at(-1) }
}

/**
 * Give up the logs of at most so many runs that failed or were canceled, which are all that is left in their folders: an
 * operator's command may have written anything into them, so they go at the earlier of both ages.
 */
export async function giveUpLogs(tx: Tx, limit: number): Promise<(DueFile & { projectId: string })[]> {
  const { rows } = await sql<DueFile & { projectId: string }>`
    update run set log_removed = true
     where id = any(array(
       select due.id
         from (
           select id, (select app_now()) - make_interval(secs => 86400 * least(
                    (settings ->> 'rawFileDays')::int, (settings ->> 'deliverableDays')::int)) as before
             from project
         ) project
         cross join lateral (
           select run.id from run join sample on sample.id = run.sample_id and sample.status = any(${ENDED})
            where run.for_project = project.id and run.ended_at < project.before
              and run.state in ('failed', 'canceled') and run.attempts > 0 and not run.log_removed
            order by run.ended_at limit ${limit} for update of run skip locked
         ) due
        where project.before is not null limit ${limit}))
    returning sample_id as "sampleId", for_project as "projectId", ${RUN_FOLDER} as "storageKey"`.execute(tx)
  return rows
}

/** Prefix of all that a run stores. */
const RUN_FOLDER = sql`'samples/' || run.sample_id || '/runs/' || run.id || '/'`

/** Nothing more will be made of it. */
const ENDED = SAMPLE_STATUSES.filter((status) => !isUnderWay(status))

interface Kind {
  setting: 'rawFileDays' | 'deliverableDays'
  table: 'upload' | 'deliverable'
  /** The column with the time that the age counts from. */
  age: 'received_at' | 'created'
  id: 'text' | 'uuid'
  /** Exactly the condition of an index, or it is not used. */
  which: RawBuilder<SqlBool>
  /** Returns what else goes with them: copies of earlier releases, and logs. */
  giveUp(tx: Tx, files: (Place & DueFile)[]): Promise<DueFile[]>
}

const KINDS: Record<Retained, Kind> = {
  originals: {
    setting: 'rawFileDays',
    table: 'upload',
    age: 'received_at',
    id: 'text',
    which: sql`file.state = 'accepted' and file.erased_at is null`,
    giveUp: giveUpOriginals,
  },
  reads: {
    setting: 'rawFileDays',
    table: 'deliverable',
    age: 'created',
    id: 'uuid',
    which: sql`file.file_type in ('fastq-r1', 'fastq-r2')`,
    giveUp: giveUpDeliverables,
  },
  made: {
    setting: 'deliverableDays',
    table: 'deliverable',
    age: 'created',
    id: 'uuid',
    which: sql`file.file_type not in ('array-zip', 'fastq-r1', 'fastq-r2')`,
    giveUp: giveUpDeliverables,
  },
}

/**
 * With the logs of the runs that read them: the original lies in no folder of a run, and the log of an operator's command
 * may hold anything of it.
 */
async function giveUpOriginals(tx: Tx, files: (Place & DueFile)[]): Promise<DueFile[]> {
  await tx
    .updateTable('upload')
    .set({ erased_at: sql<Date>`app_now()` })
    .where('id', 'in', idsOf(files))
    .execute()
  const { rows } = await sql<DueFile>`
    with given as (
      delete from deliverable
       where sample_id = any(${files.map(({ sampleId }) => sampleId)}::uuid[]) and file_type = 'array-zip'
      returning sample_id, storage_key, run_id
    )
    select sample_id as "sampleId", storage_key as "storageKey" from given
    union all
    select run.sample_id, ${RUN_FOLDER} || run.attempts || '/log'
      from given join run on run.id = given.run_id`.execute(tx)
  return rows
}

/** Those of these samples whose original is kept, locked against being given up. */
export async function selectKeptOriginals(tx: Tx, sampleIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('upload')
    .select('sample_id')
    .where('sample_id', 'in', sampleIds)
    .where('state', '=', 'accepted')
    .where('erased_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Set(rows.map(({ sample_id }) => sample_id))
}

async function giveUpDeliverables(tx: Tx, files: Place[]): Promise<[]> {
  await tx.deleteFrom('deliverable').where('id', 'in', idsOf(files)).execute()
  return []
}

const idsOf = (files: Place[]): string[] => files.map(({ id }) => id)

/** Queue stored objects for removal, behind those that wait already. */
export async function insertFileErasures(tx: Tx, keys: string[]): Promise<void> {
  const now = sql<Date>`app_now()`
  await tx
    .insertInto('file_erasure')
    .values(keys.map((storage_key) => ({ storage_key, created: now, due_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A stored object in the line of those to be removed. */
export interface FileErasure {
  key: string
  due: string
}

/** The next ones in line, behind this one; at most `limit`. */
export async function selectFileErasures(
  db: Database,
  { after, limit }: { after: FileErasure | undefined; limit: number },
): Promise<FileErasure[]> {
  const onwards = after ? sql`(due_at, storage_key) > (${after.due}::timestamptz, ${after.key})` : sql`true`
  const { rows } = await sql<FileErasure>`
    select storage_key as key, due_at::text as due from file_erasure
     where ${onwards} order by due_at, storage_key limit ${limit}`.execute(db)
  return rows
}

export async function deleteFileErasures(db: Database, keys: string[]): Promise<void> {
  await sql`delete from file_erasure where storage_key = any(${keys}::text[])`.execute(db)
}

/** Put these at the end of the line. */
export async function postponeFileErasures(db: Database, keys: string[]): Promise<void> {
  await sql`update file_erasure set due_at = app_now() where storage_key = any(${keys}::text[])`.execute(db)
}
