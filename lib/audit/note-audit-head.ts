import type { Services } from '#lib/services.ts'
import { selectAuditEnds, takeHeadNote } from './audit-table.ts'
import { chainAudit } from './chain-audit.ts'

const NOTE_SECONDS = 3_600

/**
 * Log the head of the audit trail once an hour, by one process for all, as a warning: it is to be there wherever a log is
 * kept that says anything. A log that is kept elsewhere thereby shows later whether the trail was cut off or rewritten
 * (`admin verify-audit --head`). The hour counts only once the line is written: after a kill it is written again.
 */
export async function noteAuditHead({ db, log }: Pick<Services, 'db' | 'log'>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await takeHeadNote(tx, NOTE_SECONDS))) return
    // Entries are chained in transactions of their own.
    await chainAudit({ db })
    const { seq, hash } = await selectAuditEnds(tx)
    log.warn({ audit_entries: seq, audit_head: hash.toString('hex') }, 'head of the audit trail')
  })
}
