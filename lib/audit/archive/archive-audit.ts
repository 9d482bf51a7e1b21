import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Services } from '#lib/services.ts'
import { SYSTEM } from '../audit.ts'
import { auditLinks } from '../audit-table.ts'
import { chainAudit } from '../chain-audit.ts'
import { recordAudit } from '../record-audit.ts'
import { ARCHIVE_FORMAT, textOfArchived } from './archive-lines.ts'
import { followArchive } from './follow-archive.ts'
import {
  dropMonth,
  selectAuditStart,
  selectMonthEnds,
  selectMonths,
  turnMonth,
  withArchiving,
} from './months-table.ts'
import { nameArchive, removeUnfinished, syncArchive, writeArchive } from './write-archive.ts'

export interface ArchivedMonth {
  /** Such as `2026-10`. */
  month: string
  entries: number
  /** Name of the file in the folder; null for a month in which nothing was chained. */
  file: string | null
  sha256: string | null
}

/** What has been reached of a month, in this order. */
export type ArchiveStep = 'written' | 'read back' | 'named' | 'removed'

interface Options {
  /** The first month that stays, such as `2026-11`. */
  before: string
  folder: string
  onStep?: (month: string, step: ArchiveStep) => unknown
}

/** `lock_not_available` and `deadlock_detected`. */
const LOCKED_OUT = new Set(['55P03', '40P01'])
const TRIES_MAX = 60
const RETRY_MS = 1_000

/**
 * Move whole months of the audit trail into files of `folder`, oldest first. A month leaves the database only once its
 * file is on the disk under its name and was read back as the same chain; what stays in the database is where the chain
 * ended, so the rest can still be verified. Wherever this is broken off, each month is in the database or in a whole
 * file, and the same call goes on from there. Returns the months that have left.
 */
export function archiveAudit(
  { db }: Pick<Services, 'db'>,
  { before, folder, onStep = () => {} }: Options,
): Promise<ArchivedMonth[]> {
  return withArchiving(db, async () => {
    await chainAudit({ db })
    // From here on nothing is ever added to a month before this one.
    const current = await turnMonth(db)
    if (before > current) {
      throw new Error(`Only months that are over can be archived: name ${current} or an earlier one.`)
    }
    await removeUnfinished(folder, (await selectAuditStart(db)).installation)
    const archived: ArchivedMonth[] = []
    for (const month of await selectMonths(db)) {
      if (month >= before) break
      archived.push(await archiveMonth(db, month, folder, (step) => onStep(month, step)))
    }
    return archived
  })
}

async function archiveMonth(
  db: Services['db'],
  month: string,
  folder: string,
  onStep: (step: ArchiveStep) => unknown,
): Promise<ArchivedMonth> {
  const ends = await selectMonthEnds(db, month)
  if (ends === null) {
    await untilFree(() => db.transaction().execute((tx) => dropMonth(tx, month, null)))
    await onStep('removed')
    return { month, entries: 0, file: null, sha256: null }
  }
  const { installation, ...after } = await selectAuditStart(db)
  if (ends.first !== after.seq + 1) {
    throw new Error(`Entry ${after.seq + 1} is missing: \`admin verify-audit\` says more.`)
  }
  const name = `audit-${month}.jsonl.gz`
  const file = path.join(folder, name)
  const head = { format: ARCHIVE_FORMAT, installation, month, after } as const
  // One that is there is what a call left that was broken off, or belongs to another trail.
  const aside = existsSync(file) ? null : await writeArchive(file, head, auditLinks(db, after.seq, month))
  let sha256: string
  try {
    await onStep('written')
    const followed = await followArchive(aside ?? file, head)
    const { end, fault } = followed
    if (fault !== null || end.seq !== ends.last || end.hash !== ends.hash) {
      throw new Error(
        `${file} is not the archive of ${month}: ${fault ?? 'it ends elsewhere'}. The month stays.`,
      )
    }
    sha256 = followed.sha256
    await onStep('read back')
    if (aside !== null) await nameArchive(aside, file)
  } catch (error) {
    if (aside !== null) await rm(aside, { force: true })
    throw error
  }
  await syncArchive(file)
  await onStep('named')
  const archived = { month, ...ends, file: name, sha256 }
  await untilFree(() =>
    db.transaction().execute(async (tx) => {
      await dropMonth(tx, month, archived)
      const by = { ...SYSTEM, requestId: textOfArchived(archived) }
      await recordAudit(tx, { by, action: 'audit.archive', projectId: null, targets: [] })
    }),
  )
  await onStep('removed')
  return { month, entries: ends.last - ends.first + 1, file: name, sha256 }
}

/** Whoever waits for a lock on the trail makes its readers wait: so it gives up soon, and tries again. */
async function untilFree(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      if (tries === TRIES_MAX || !LOCKED_OUT.has((error as { code?: string }).code ?? '')) throw error
      await pause(RETRY_MS)
    }
  }
}
