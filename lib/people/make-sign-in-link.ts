import { type Caller, demandRightEverywhere, demandUnrestricted } from '#lib/access/caller.ts'
import { type Actor, nameActor, SYSTEM } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid, wireTime } from '#lib/wire/fields.ts'
import { generateLinkToken, linkUrl } from './sign-in-link.ts'
import { deleteOpenLinks, insertLink } from './sign-in-links-table.ts'
import { hasOwner, selectUser, selectUserByEmail, type User } from './users-table.ts'

/** A link to hand to a person who lost their password: it works once, for an hour. Earlier links stop working. */
export async function makeResetLink(
  { db, env }: Pick<Services, 'db' | 'env'>,
  caller: Caller,
  userId: string,
): Promise<{ url: string; expires_at: string }> {
  demandRightEverywhere(caller, 'user_manage')
  demandUnrestricted(caller)
  const user = isUuid(userId) ? await selectUser(db, userId) : undefined
  if (!user) throw new Problem('not_found', 'Not found.')
  return makeLink({ db, env }, user, caller)
}

/** The same by an administrator's command, for an owner nobody else could help. */
export async function makeResetLinkByEmail(
  { db, env }: Pick<Services, 'db' | 'env'>,
  email: string,
): Promise<{ url: string; expires_at: string }> {
  const user = await selectUserByEmail(db, email.trim().toLowerCase())
  if (!user) throw new Problem('not_found', 'No person has this email address.')
  return makeLink({ db, env }, user, SYSTEM)
}

async function makeLink(
  { db, env }: Pick<Services, 'db' | 'env'>,
  user: User,
  by: Actor,
): Promise<{ url: string; expires_at: string }> {
  if (user.disabledAt) throw new Problem('conflict', 'This person is disabled: enable them first.')
  const { token, hash } = generateLinkToken()
  const link = await db.transaction().execute(async (tx) => {
    await deleteOpenLinks(tx, 'reset', { userId: user.id })
    const made = await insertLink(tx, 'reset', {
      tokenHash: hash,
      userId: user.id,
      createdBy: nameActor(by).id,
    })
    await recordAudit(tx, { by, action: 'user.reset_link', projectId: null, targets: [user.id] })
    return made
  })
  return { url: linkUrl(env.publicUrl, 'reset', token), expires_at: wireTime(link.expiresAt) }
}

/** A link whose holder becomes the first owner; undefined once there is one. Earlier links stop working. */
export async function makeFirstOwnerLink({
  db,
  env,
}: Pick<Services, 'db' | 'env'>): Promise<string | undefined> {
  if (await hasOwner(db)) return undefined
  const { token, hash } = generateLinkToken()
  await db.transaction().execute(async (tx) => {
    await deleteOpenLinks(tx, 'first-owner')
    await insertLink(tx, 'first-owner', { tokenHash: hash })
  })
  return linkUrl(env.publicUrl, 'first-owner', token)
}
