import { type Caller, demandRightEverywhere, demandUnrestricted } from '#lib/access/caller.ts'
import { type AuditAction, SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services, Tx } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { deleteLinksOf } from './sign-in-links-table.ts'
import { deleteSessions } from './user-sessions-table.ts'
import {
  countOwners,
  countProjects,
  deleteSecondFactor,
  replaceProjectRoles,
  selectLastSeen,
  selectUser,
  type User,
  updateUser,
  updateUserDisabled,
  updateUserEnabled,
} from './users-table.ts'
import { PersonChange, presentPerson, type WirePerson } from './wire.ts'

type Change = ReturnType<typeof parseFields<typeof PersonChange>>

/**
 * Change a person's name and roles, disable or enable them, or remove a lost second factor. Throws 404 for an unknown
 * person, 400 for fields, 403 for disabling oneself, and 409 where no owner would be left.
 */
export async function changePerson(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<WirePerson> {
  demandRightEverywhere(caller, 'user_manage')
  demandUnrestricted(caller)
  const user = isUuid(id) ? await selectUser(db, id) : undefined
  if (!user) throw new Problem('not_found', 'Not found.')
  const change = parseFields(
    PersonChange,
    withoutEchoes(fields, ['id', 'created', 'disabled_at', 'last_seen_at'], { email: user.email }),
  )
  if (change.disabled && user.id === caller.userId) {
    throw new Problem('permission_denied', 'You cannot disable yourself.')
  }
  await db.transaction().execute(async (tx) => {
    for (const action of await applyChange(tx, user, change)) {
      await recordAudit(tx, { by: caller, action, projectId: null, targets: [user.id] })
    }
  })
  const changed = (await selectUser(db, user.id))!
  return presentPerson(changed, (await selectLastSeen(db, [user.id])).get(user.id))
}

/** Returns what was done, for the audit trail. */
async function applyChange(tx: Tx, user: User, change: Change): Promise<AuditAction[]> {
  const actions: AuditAction[] = []
  const { name, role, project_roles: projectRoles, disabled } = change
  const owners = await countOwners(tx)
  const ownsNow = user.role === 'owner' && user.disabledAt === null
  if (ownsNow && owners <= 1 && (disabled || (role !== undefined && role !== 'owner'))) {
    throw new Problem('conflict', 'At least one owner must remain: make another person an owner first.')
  }
  if (name !== undefined || role !== undefined || projectRoles !== undefined) {
    await updateUser(tx, user.id, {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
    })
    if (projectRoles !== undefined) await putProjectRoles(tx, user.id, projectRoles)
    actions.push('user.update')
  }
  if (disabled && (await updateUserDisabled(tx, { id: user.id }))) {
    await endGrants(tx, user.id)
    actions.push('user.disable')
  }
  if (disabled === false && user.disabledAt) {
    await updateUserEnabled(tx, user.id)
    actions.push('user.enable')
  }
  if (change.second_factor === false && user.secondFactor) {
    await deleteSecondFactor(tx, user.id)
    actions.push('user.second_factor_off')
  }
  return actions
}

async function putProjectRoles(
  tx: Tx,
  userId: string,
  given: NonNullable<Change['project_roles']>,
): Promise<void> {
  const roles = new Map(given.map(({ project, role }) => [project, role]))
  if ((await countProjects(tx, [...roles.keys()])) !== roles.size) {
    const message = 'Project does not exist or you do not have privileges to access it.'
    throw new Problem('invalid', message, { fields: { project_roles: [message] } })
  }
  await replaceProjectRoles(
    tx,
    userId,
    [...roles].map(([projectId, role]) => ({ projectId, role })),
  )
}

/** End for good what a disabled person has open; their keys rest, and work again once the person is enabled. */
async function endGrants(tx: Tx, userId: string): Promise<void> {
  await deleteSessions(tx, userId)
  await deleteLinksOf(tx, userId)
}

/** Disable a person: sessions, tokens, keys and links they handed out stop working at once. Throws 404 when no active person has the address. */
export async function disableUser({ db }: Pick<Services, 'db'>, email: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const id = await updateUserDisabled(tx, { email: email.trim().toLowerCase() })
    if (!id) throw new Problem('not_found', 'No active person has this email address.')
    await endGrants(tx, id)
    await recordAudit(tx, { by: SYSTEM, action: 'user.disable', projectId: null, targets: [id] })
  })
}
