import type { z } from 'zod'
import { type Caller, demandWholeReach } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import type { AuditEntry } from './audit.ts'
import { selectAuditEntries } from './audit-table.ts'
import type { AuditFilter, WholeAuditFilter } from './wire.ts'

/** One page of what was done in a project, newest first. The route checks that the caller may see the project. */
export async function listAudit(
  { db }: Pick<Services, 'db'>,
  projectId: string,
  filter: z.output<typeof AuditFilter>,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  return selectAuditEntries(db, projectId, filter, page)
}

/** The same for the whole installation. Throws 403 unless the caller reaches all of it. */
export async function listWholeAudit(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  asked: z.output<typeof WholeAuditFilter>,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  demandWholeReach(caller)
  const { project = null, ...filter } = asked
  return selectAuditEntries(db, project, filter, page)
}
