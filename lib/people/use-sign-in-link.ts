import type { Actor } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services, Tx } from '#lib/services.ts'
import { hashLinkToken, type LinkKind } from './sign-in-link.ts'
import { deleteOpenLinks, type SignInLink, selectOpenLink, takeLink } from './sign-in-links-table.ts'
import { deleteSessions } from './user-sessions-table.ts'
import { hasOwner, insertProjectRoles, insertUser, selectUser, updatePassword } from './users-table.ts'
import { AcceptRequest, FirstOwnerRequest, ResetRequest } from './wire.ts'

/** The address a usable link is for (null for the first owner's); undefined for any other link. Changes nothing. */
export async function findSignInLink(
  { db }: Pick<Services, 'db'>,
  kind: LinkKind,
  token: string,
): Promise<{ email: string | null } | undefined> {
  const link = await selectOpenLink(db, kind, await hashLinkToken(token))
  if (!link) return undefined
  if (link.userId === null) return { email: link.email }
  const user = await selectUser(db, link.userId)
  return user && !user.disabledAt ? { email: user.email } : undefined
}

type Needed = Pick<Services, 'db' | 'passwords'>
interface Asked {
  fields: Record<string, unknown>
  requestId: string
}

const ACTOR = (requestId: string): Actor => ({ kind: 'link', requestId })

const isOver = () =>
  new Problem('gone', 'This link was already used or has expired. Ask the person who sent it for a new one.')

/** Create the first owner of an installation that has none. Returns their address. */
export async function becomeFirstOwner(
  { db, passwords }: Needed,
  { fields, requestId }: Asked,
): Promise<string> {
  const { token, name, email, password } = parseFields(FirstOwnerRequest, fields)
  return withLink({ db, passwords }, 'first-owner', { token, password }, async (tx, _link, passwordHash) => {
    if (await hasOwner(tx)) throw isOver()
    const owner = { email, name, passwordHash, role: 'owner' as const }
    const id = await addPerson(tx, owner, requestId)
    await deleteOpenLinks(tx, 'first-owner')
    return { id, email }
  })
}

/** Create an invited person with the role of the invitation. Returns their address. */
export async function acceptInvitation(
  { db, passwords }: Needed,
  { fields, requestId }: Asked,
): Promise<string> {
  const { token, name, password } = parseFields(AcceptRequest, fields)
  return withLink({ db, passwords }, 'invitation', { token, password }, async (tx, link, passwordHash) => {
    const everywhere = link.projectId === null ? link.role : null
    const row = { email: link.email!, name, passwordHash, role: everywhere }
    const id = await addPerson(tx, row, requestId)
    if (link.projectId !== null) {
      await insertProjectRoles(tx, id, [{ projectId: link.projectId, role: link.role! }])
    }
    return { id, email: link.email! }
  })
}

/** Set a new password. Ends every session and all earlier tokens; a second factor stays. */
export async function resetPassword(
  { db, passwords }: Needed,
  { fields, requestId }: Asked,
): Promise<string> {
  const { token, password } = parseFields(ResetRequest, fields)
  return withLink({ db, passwords }, 'reset', { token, password }, async (tx, link, passwordHash) => {
    const user = await selectUser(tx, link.userId!)
    if (!user || user.disabledAt) throw isOver()
    await updatePassword(tx, user.id, passwordHash)
    await deleteSessions(tx, user.id)
    const by = ACTOR(requestId)
    await recordAudit(tx, { by, action: 'user.password', projectId: null, targets: [user.id] })
    return { id: user.id, email: user.email }
  })
}

/** Use up the link and act, both or neither. Returns the address to sign in with. Throws 410 for an unusable link. */
async function withLink(
  { db, passwords }: Needed,
  kind: LinkKind,
  { token, password }: { token: string; password: string },
  act: (tx: Tx, link: SignInLink, passwordHash: string) => Promise<{ id: string; email: string }>,
): Promise<string> {
  const hash = await hashLinkToken(token)
  const passwordHash = await passwords.hash(password)
  const { email } = await db.transaction().execute(async (tx) => {
    const link = await takeLink(tx, kind, hash)
    if (!link) throw isOver()
    return act(tx, link, passwordHash)
  })
  return email
}

async function addPerson(tx: Tx, row: Parameters<typeof insertUser>[1], requestId: string): Promise<string> {
  const user = await insertUser(tx, row)
  if (!user) {
    const message = 'A person with this email address already exists.'
    throw new Problem('conflict', message)
  }
  const by = ACTOR(requestId)
  await recordAudit(tx, { by, action: 'user.create', projectId: null, targets: [user.id] })
  return user.id
}
