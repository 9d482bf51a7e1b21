import { SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { deleteSessions } from './user-sessions-table.ts'
import { updateDisabled } from './users-table.ts'

/** From the next request on neither the person's sessions and tokens nor their keys work. Throws 404 when nobody is left to stop. */
export async function disableUser({ db }: Pick<Services, 'db'>, email: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const id = await updateDisabled(tx, { email: email.trim().toLowerCase() })
    if (!id) throw new Problem('not_found', 'There is nobody with this email address who could sign in.')
    await deleteSessions(tx, id)
    await recordAudit(tx, { by: SYSTEM, action: 'user.disable', projectId: null, targets: [id] })
  })
}
