import { type Caller, reachOf } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-visible-project.ts'
import type { Services } from '#lib/services.ts'
import type { AuditEntry } from './audit.ts'
import { selectAuditEntries } from './audit-table.ts'
import { AuditFilter, WholeAuditFilter } from './wire.ts'

/** One page of what was done in a project, newest first. Throws 404 for a project that the caller does not see. */
export async function listAudit(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { projectId, query }: { projectId: string; query: Record<string, string> },
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  const project = await findVisibleProject(services, caller, projectId)
  return selectAuditEntries(services.db, project.id, parseFields(AuditFilter, query), page)
}

/** The same of everything there is, for who reaches all of it. Throws 403 for anybody else. */
export async function listWholeAudit(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  query: Record<string, string>,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: AuditEntry[] }> {
  if (reachOf(caller) !== null) {
    throw new Problem('permission_denied', 'You do not have permission to perform this action.')
  }
  const { project = null, ...filter } = parseFields(WholeAuditFilter, query)
  return selectAuditEntries(db, project, filter, page)
}
