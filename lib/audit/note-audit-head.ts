import type { Services } from '#lib/services.ts'
import { selectAuditEnds, takeHeadNote } from './audit-table.ts'
import { chainAudit } from './chain-audit.ts'

const NOTE_SECONDS = 3_600

/**
 * Log the head of the audit trail once an hour, by one process for all. A log that is kept elsewhere thereby shows
 * later whether the trail was cut off or rewritten (`admin verify-audit --head`).
 */
export async function noteAuditHead({ db, log }: Pick<Services, 'db' | 'log'>): Promise<void> {
  if (!(await takeHeadNote(db, NOTE_SECONDS))) return
  await chainAudit({ db })
  const { seq, hash } = await selectAuditEnds(db)
  log.info({ audit_entries: seq, audit_head: hash.toString('hex') }, 'head of the audit trail')
}
