import { recordAudit } from '#lib/audit/record-audit.ts'
import type { Services, Tx } from '#lib/services.ts'
import {
  claimRetention,
  type DueFile,
  deleteFileErasures,
  giveUpDeliverables,
  giveUpLogs,
  giveUpOriginals,
  insertFileErasures,
  selectFileErasures,
} from './retention-table.ts'

const EVERY_SECONDS = 3_600
const BATCH = 200

/**
 * Enforce each project's retention: originals, deliverables and logs of runs past their age are given up, with an entry in the audit
 * trail, and their bytes queued for erasure, in one transaction per batch. Samples and their numbers stay. Runs at most
 * once an hour however often it is called. Part of the sweeper.
 */
export async function retainFiles({ db, log }: Pick<Services, 'db' | 'log'>): Promise<void> {
  const next = await claimRetention(db, EVERY_SECONDS)
  if (!next) return
  let files = 0
  for (const giveUp of [giveUpOriginals, giveUpDeliverables, giveUpLogs]) {
    let batch: number
    do {
      batch = await db.transaction().execute((tx) => giveUpBatch(tx, giveUp))
      files += batch
    } while (batch > 0)
  }
  log.info({ files, next_run: next }, 'retention ran')
}

/** Returns how many files it gave up. */
async function giveUpBatch(tx: Tx, giveUp: (tx: Tx, limit: number) => Promise<DueFile[]>): Promise<number> {
  const files = await giveUp(tx, BATCH)
  if (files.length === 0) return 0
  await insertFileErasures(tx, files.flatMap(keysOf))
  for (const [projectId, targets] of samplesByProject(files)) {
    await recordAudit(tx, {
      by: { kind: 'retention' },
      action: 'retention.erase',
      projectId,
      targets: [...targets],
    })
  }
  return files.length
}

/** The folder of a run, of whichever attempt the file is. */
const RUN_FOLDER = /^(.*\/runs\/[^/]+\/)(?:\d+\/)?[^/]+$/

/** A deliverable, and the log of the operator's command stored next to it, which may hold anything. */
const keysOf = ({ storageKey }: DueFile): string[] => [
  storageKey,
  ...(RUN_FOLDER.exec(storageKey) ?? []).slice(1).map((folder) => `${folder}log`),
]

function samplesByProject(files: DueFile[]): Map<string, Set<string>> {
  const samples = new Map<string, Set<string>>()
  for (const { projectId, sampleId } of files) {
    samples.set(projectId, (samples.get(projectId) ?? new Set()).add(sampleId))
  }
  return samples
}

/** Remove the bytes of files that were given up. Safe after a crash at any point. Part of the sweeper. */
export async function eraseFiles({ db, storage }: Pick<Services, 'db' | 'storage'>): Promise<void> {
  for (;;) {
    const keys = await selectFileErasures(db, BATCH)
    if (keys.length === 0) return
    for (const key of keys) await storage.remove(key)
    await deleteFileErasures(db, keys)
  }
}
