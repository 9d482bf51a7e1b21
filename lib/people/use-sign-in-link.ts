import type { Actor } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { sha256Of } from '#lib/sealing/digest.ts'
import type { Services, Tx } from '#lib/services.ts'
import { demandUncommon } from './demand-uncommon.ts'
import { isStillGranted } from './is-still-granted.ts'
import type { LinkKind } from './sign-in-link.ts'
import {
  deleteInvitationsOf,
  deleteOpenLinks,
  type SignInLink,
  selectOpenLink,
  takeLink,
} from './sign-in-links-table.ts'
import { addressBlock, withTry } from './throttle-sign-in.ts'
import { deleteSessions } from './user-sessions-table.ts'
import { hasOwner, insertProjectRoles, insertUser, selectUser, updatePassword } from './users-table.ts'
import { AcceptRequest, FirstOwnerRequest, ResetRequest } from './wire.ts'

/** The address a usable link is for (null for the first owner's); undefined for any other link. Changes nothing. */
export async function findSignInLink(
  { db }: Pick<Services, 'db'>,
  kind: LinkKind,
  token: string,
): Promise<{ email: string | null } | undefined> {
  const link = await findOpenLink(db, kind, sha256Of(token))
  if (!link) return undefined
  if (link.userId === null) return { email: link.email }
  const user = await selectUser(db, link.userId)
  return user && !user.disabledAt ? { email: user.email } : undefined
}

type Needed = Pick<Services, 'db' | 'passwords'>

/** A request of a page that a link opened, as its route hands it on. */
export interface LinkRequest {
  fields: Record<string, unknown>
  requestId: string
  /** Of the browser: tries are counted by it. */
  address: string
}

/** With the maker of the link, so that the trail says who let somebody in. */
const actorOf = ({ requestId, address }: LinkRequest, link: SignInLink): Actor => ({
  kind: 'link',
  id: link.createdBy ?? undefined,
  requestId,
  address,
})

const isOver = () =>
  new Problem('gone', 'This link was already used or has expired. Ask the person who sent it for a new one.')

/** Create the first owner of an installation that has none. Returns their address. */
export async function becomeFirstOwner({ db, passwords }: Needed, request: LinkRequest): Promise<string> {
  const { token, name, email, password } = parseFields(FirstOwnerRequest, request.fields)
  return withLink(
    { db, passwords },
    'first-owner',
    { token, password, request },
    async (tx, link, passwordHash) => {
      if (await hasOwner(tx)) throw isOver()
      const owner = { email, name, passwordHash, role: 'owner' as const }
      const id = await addPerson(tx, owner, actorOf(request, link))
      await deleteOpenLinks(tx, 'first-owner')
      return { id, email }
    },
  )
}

/** Create an invited person with the role of the invitation. Returns their address. */
export async function acceptInvitation({ db, passwords }: Needed, request: LinkRequest): Promise<string> {
  const { token, name, password } = parseFields(AcceptRequest, request.fields)
  return withLink(
    { db, passwords },
    'invitation',
    { token, password, request },
    async (tx, link, passwordHash) => {
      const everywhere = link.projectId === null ? link.role : null
      const row = { email: link.email!, name, passwordHash, role: everywhere }
      const id = await addPerson(tx, row, actorOf(request, link))
      // Other invitations of the same address could only fail now.
      await deleteInvitationsOf(tx, row.email)
      if (link.projectId !== null) {
        await insertProjectRoles(tx, id, [{ projectId: link.projectId, role: link.role! }])
      }
      return { id, email: link.email! }
    },
  )
}

/** Set a new password. Ends every session and all earlier tokens; a second factor stays. */
export async function resetPassword({ db, passwords }: Needed, request: LinkRequest): Promise<string> {
  const { token, password } = parseFields(ResetRequest, request.fields)
  return withLink(
    { db, passwords },
    'reset',
    { token, password, request },
    async (tx, link, passwordHash) => {
      const user = await selectUser(tx, link.userId!)
      if (!user || user.disabledAt) throw isOver()
      await updatePassword(tx, user.id, passwordHash)
      await deleteSessions(tx, user.id)
      const by = actorOf(request, link)
      await recordAudit(tx, { by, action: 'user.password', projectId: null, targets: [user.id] })
      return { id: user.id, email: user.email }
    },
  )
}

/**
 * Use up the link and act, both or neither. Returns the address to sign in with. Throws 410 for a link that cannot be
 * used or whose maker could no longer make it, before anything costly is done for it.
 */
async function withLink(
  { db, passwords }: Needed,
  kind: LinkKind,
  { token, password, request }: { token: string; password: string; request: LinkRequest },
  act: (tx: Tx, link: SignInLink, passwordHash: string) => Promise<{ id: string; email: string }>,
): Promise<string> {
  const hash = sha256Of(token)
  const passwordHash = await withTry(db, `link from ${addressBlock(request.address)}`, async () => {
    if (!(await findOpenLink(db, kind, hash))) throw isOver()
    await demandUncommon(passwords, password, 'password')
    return passwords.hash(password)
  })
  const { email } = await db.transaction().execute(async (tx) => {
    const link = await takeLink(tx, kind, hash)
    if (!link || !(await isStillGranted(tx, link))) throw isOver()
    return act(tx, link, passwordHash)
  })
  return email
}

async function findOpenLink(
  db: Services['db'],
  kind: LinkKind,
  hash: Uint8Array,
): Promise<SignInLink | undefined> {
  const link = await selectOpenLink(db, kind, hash)
  return link && (await isStillGranted(db, link)) ? link : undefined
}

async function addPerson(tx: Tx, row: Parameters<typeof insertUser>[1], by: Actor): Promise<string> {
  const user = await insertUser(tx, row)
  if (!user) {
    const message = 'A person with this email address already exists.'
    throw new Problem('conflict', message)
  }
  await recordAudit(tx, { by, action: 'user.create', projectId: null, targets: [user.id] })
  return user.id
}
