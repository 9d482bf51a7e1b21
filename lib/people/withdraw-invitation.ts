import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import { demandPeopleManager } from './demand-people-manager.ts'
import { deleteOpenLinks } from './sign-in-links-table.ts'

/** Take an invitation back; its link stops working. Throws 404 for one that was accepted, or never was. */
export async function withdrawInvitation(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<void> {
  demandPeopleManager(caller)
  await db.transaction().execute(async (tx) => {
    if (!isUuid(id) || !(await deleteOpenLinks(tx, 'invitation', { id }))) {
      throw new Problem('not_found', 'Not found.')
    }
    await recordAudit(tx, { by: caller, action: 'user.invitation_withdraw', projectId: null, targets: [id] })
  })
}
