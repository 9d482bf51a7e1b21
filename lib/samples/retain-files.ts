import { recordAudit } from '#lib/audit/record-audit.ts'
import { workTime } from '#lib/platform/work-off.ts'
import type { Database, Services, Tx } from '#lib/services.ts'
import {
  type DueFile,
  type DueProject,
  deleteFileErasures,
  type FileErasure,
  giveUpFiles,
  giveUpLogs,
  insertFileErasures,
  isRetentionDue,
  type Place,
  postponeFileErasures,
  postponeRetention,
  RETAINED,
  type Retained,
  selectDueProjects,
  selectFileErasures,
} from './retention-table.ts'

const EVERY_SECONDS = 3_600
const BATCH = 200

/**
 * Enforce each project's retention: files and logs past their age are given up, with an entry in the audit trail, and their
 * bytes queued for erasure, in one transaction per batch. Samples and their numbers stay. Runs once an hour however
 * often it is called; after a failure, or while files are left, at the next call. What fails for one project or kind
 * of file does not stop the others: it is thrown in the end. Part of the sweeper.
 */
export async function retainFiles({ db, log }: Pick<Services, 'db' | 'log'>): Promise<void> {
  if (!(await isRetentionDue(db))) return
  const isOver = workTime()
  const failures: unknown[] = []
  const attempt = (act: () => Promise<void>) => act().catch((error: unknown) => void failures.push(error))
  let files = 0
  const giveUpProject = async (kind: Retained, project: DueProject) => {
    for await (const given of giveUpOf(db, kind, project)) {
      files += given
      if (isOver()) return
    }
  }
  for (const kind of RETAINED) {
    await attempt(async () => {
      for (const project of await selectDueProjects(db, kind))
        await attempt(() => giveUpProject(kind, project))
    })
  }
  // One batch in any case, as of each project: a backlog of files may take all the time for many sweeps.
  await attempt(async () => {
    let given: number
    do {
      given = await db.transaction().execute(giveUpLogBatch)
      files += given
    } while (given > 0 && !isOver())
  })
  if (failures.length > 0) throw failures[0]
  if (isOver()) return log.info({ files }, 'retention continues with the next sweep')
  log.info({ files, next_run: await postponeRetention(db, EVERY_SECONDS) }, 'retention ran')
}

/** Gives up a project's files batch by batch, and yields how many. */
async function* giveUpOf(db: Database, kind: Retained, project: DueProject): AsyncGenerator<number> {
  let from: Place | undefined
  do {
    const { files, next } = await db.transaction().execute(async (tx) => {
      const batch = await giveUpFiles(tx, kind, project, { from, limit: BATCH })
      if (batch.files.length > 0) await noteGivenUp(tx, project.projectId, batch.files)
      return batch
    })
    yield files.length
    from = next
  } while (from)
}

/** Returns how many logs of runs it gave up. */
async function giveUpLogBatch(tx: Tx): Promise<number> {
  const logs = await giveUpLogs(tx, BATCH)
  for (const [projectId, files] of Map.groupBy(logs, (log) => log.projectId)) {
    await noteGivenUp(tx, projectId, files)
  }
  return logs.length
}

async function noteGivenUp(tx: Tx, projectId: string, files: DueFile[]): Promise<void> {
  await insertFileErasures(tx, files.flatMap(keysOf))
  await recordAudit(tx, {
    by: { kind: 'retention' },
    action: 'retention.erase',
    projectId,
    targets: [...new Set(files.map(({ sampleId }) => sampleId))],
  })
}

/** The folders of a run and of an attempt that a file is in; files of earlier releases are in that of the run. */
const RUN_FOLDERS = /^(.*\/runs\/[^/]+\/)(\d+\/)?[^/]+$/

/** A deliverable, and the log of the operator's command stored next to it, which may hold anything. */
function keysOf({ storageKey }: DueFile): string[] {
  const [, run, attempt] = RUN_FOLDERS.exec(storageKey) ?? []
  if (run === undefined) return [storageKey]
  return [storageKey, `${run}log`, ...(attempt === undefined ? [] : [`${run}${attempt}log`])]
}

/**
 * Remove the bytes of files that were given up, for a while at most: the next sweep continues. What cannot be removed goes
 * to the end of the line and holds up nothing; rejects with the first such failure in the end. Safe after a crash at any
 * point. Part of the sweeper.
 */
export async function eraseFiles({ db, storage }: Pick<Services, 'db' | 'storage'>): Promise<void> {
  const isOver = workTime()
  const failures = new Map<string, unknown>()
  let last: FileErasure | undefined
  do {
    const batch = await selectFileErasures(db, { after: last, limit: BATCH })
    const erased: string[] = []
    for (const { key } of batch) {
      if (isOver()) break
      await storage.remove(key).then(
        () => void erased.push(key),
        (error: unknown) => void failures.set(key, error),
      )
    }
    if (erased.length > 0) await deleteFileErasures(db, erased)
    last = batch.at(-1)
  } while (last && !isOver())
  if (failures.size === 0) return
  await postponeFileErasures(db, [...failures.keys()])
  throw failures.values().next().value
}
