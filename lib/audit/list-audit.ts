import type { z } from 'zod'
import { type Caller, demandWholeReach } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { demandPlaceOf, demandReachable, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import type { AuditEntry } from './audit.ts'
import { selectAuditEntries } from './audit-table.ts'
import { chainAudit } from './chain-audit.ts'
import type { AuditFilter, WholeAuditFilter } from './wire.ts'

/** One page of what was done in a project, newest first. The route checks that the caller may see the project. */
export async function listAudit(
  { db }: Pick<Services, 'db'>,
  projectId: string,
  filter: z.output<typeof AuditFilter>,
  page: ListPage,
): Promise<Listed<AuditEntry>> {
  return listEntries(db, projectId, filter, page)
}

/** The same for the whole installation. Throws 403 unless the caller reaches all of it. */
export async function listWholeAudit(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  asked: z.output<typeof WholeAuditFilter>,
  page: ListPage,
): Promise<Listed<AuditEntry>> {
  demandWholeReach(caller)
  const { project = null, ...filter } = asked
  return listEntries(db, project, filter, page)
}

const SORT = 'seq desc'
/** An entry has no id but its number. */
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Throws 400 for an offset that is too deep, and for a place of another list. */
async function listEntries(
  db: Services['db'],
  projectId: string | null,
  filter: z.output<typeof AuditFilter>,
  page: ListPage,
): Promise<Listed<AuditEntry>> {
  demandReachable(page)
  demandPlaceOf(page, SORT, (value) => /^\d{1,15}$/.test(value))
  // What was done before the request is in the answer.
  await chainAudit({ db })
  const found = await selectAuditEntries(db, projectId, filter, page)
  return endPage(found, page, ({ seq }) => ({ sort: SORT, value: String(seq), id: NO_ID }))
}
