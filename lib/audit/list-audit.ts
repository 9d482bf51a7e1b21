import { type Caller, demandWholeReach } from '#lib/access/caller.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import type { AuditEntry } from './audit.ts'
import { selectAuditEntries } from './audit-table.ts'
import { AuditFilter, WholeAuditFilter } from './wire.ts'

/** One page of what was done in a project, newest first. The route checks that the caller may see the project. */
export async function listAudit(
  { db }: Pick<Services, 'db'>,
  projectId: string,
  query: Record<string, string>,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  return selectAuditEntries(db, projectId, parseFields(AuditFilter, query), page)
}

/** The same for the whole installation. Throws 403 unless the caller reaches all of it. */
export async function listWholeAudit(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  query: Record<string, string>,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  demandWholeReach(caller)
  const { project = null, ...filter } = parseFields(WholeAuditFilter, query)
  return selectAuditEntries(db, project, filter, page)
}
