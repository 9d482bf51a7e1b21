import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandUncommon } from './demand-uncommon.ts'
import { withTry } from './throttle-sign-in.ts'
import { deleteSessions } from './user-sessions-table.ts'
import { selectUser, updatePassword, updateUser } from './users-table.ts'
import { PasswordChange, ProfileChange } from './wire.ts'

/** Change the caller's name. */
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

/** Change the caller's password, given the old one. Ends every other session and all earlier tokens. */
export async function changePassword(
  { db, passwords }: Pick<Services, 'db' | 'passwords'>,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<void> {
  const { current_password: current, new_password: wanted } = parseFields(PasswordChange, fields)
  const user = (await selectUser(db, caller.userId!))!
  const tried = `password of ${caller.userId}`
  if (!(await withTry(db, tried, () => passwords.matches(current, user.passwordHash)))) {
    await recordAudit(db, {
      by: caller,
      action: 'user.sign_in_refused',
      projectId: null,
      targets: [user.id],
    })
    const message = 'This is not your password.'
    throw new Problem('invalid', message, { fields: { current_password: [message] } })
  }
  await demandUncommon(passwords, wanted, 'new_password')
  const hash = await passwords.hash(wanted)
  await db.transaction().execute(async (tx) => {
    await updatePassword(tx, user.id, hash)
    await deleteSessions(tx, user.id, { but: caller.sessionId })
    await recordAudit(tx, { by: caller, action: 'user.password', projectId: null, targets: [user.id] })
  })
}
