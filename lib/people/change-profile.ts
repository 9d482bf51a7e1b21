import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { updateUser } from './users-table.ts'
import { ProfileChange } from './wire.ts'

/** What the caller wants to be called. */
export async function changeProfile(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<void> {
  const { name } = parseFields(ProfileChange, fields)
  await db.transaction().execute(async (tx) => {
    await updateUser(tx, caller.userId!, { name })
    await recordAudit(tx, { by: caller, action: 'user.update', projectId: null, targets: [caller.userId!] })
  })
}
