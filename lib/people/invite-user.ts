import { type Caller, callerId, demandRightEverywhere, demandUnrestricted } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, demandReachable, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import { withoutEchoes } from '#lib/wire/unknown-fields.ts'
import { isStillGranted } from './is-still-granted.ts'
import { generateLinkToken, linkUrl } from './sign-in-link.ts'
import { deleteOpenLinks, insertLink, selectGrants, selectOpenLinks } from './sign-in-links-table.ts'
import { countProjects, selectUserByEmail } from './users-table.ts'
import { InvitationRequest, presentInvitation, type WireInvitation } from './wire.ts'

/** A link to hand to a new person: it works once, for a week or until the given time. Throws 400 for fields, 409 for a person who already exists. */
export async function inviteUser(
  { db, env, clock }: Pick<Services, 'db' | 'env' | 'clock'>,
  caller: Caller,
  fields: Record<string, unknown>,
): Promise<WireInvitation & { url: string }> {
  demandRightEverywhere(caller, 'user_manage')
  demandUnrestricted(caller)
  const {
    email,
    role,
    project_id: projectId,
    expires_at: until,
  } = parseFields(InvitationRequest, withoutEchoes(fields, ['id', 'created', 'url'], {}))
  if (await selectUserByEmail(db, email)) {
    throw new Problem('conflict', 'A person with this email address already exists.')
  }
  if (projectId !== null && (await countProjects(db, [projectId])) === 0) {
    const message = 'Project does not exist or you do not have privileges to access it.'
    throw new Problem('invalid', message, { fields: { project_id: [message] } })
  }
  if (until && until <= (await clock.now())) {
    const message = 'This time has passed.'
    throw new Problem('invalid', message, { fields: { expires_at: [message] } })
  }
  const { token, hash } = generateLinkToken()
  const link = await db.transaction().execute(async (tx) => {
    const made = await insertLink(tx, 'invitation', {
      tokenHash: hash,
      email,
      role,
      projectId,
      createdBy: callerId(caller),
      until,
    })
    await recordAudit(tx, { by: caller, action: 'user.invite', projectId, targets: [made.id] })
    return made
  })
  return { ...presentInvitation(link), url: linkUrl(env.publicUrl, 'invitation', token) }
}

const SORT = 'created desc'

/**
 * One page of the invitations that can still be accepted, newest first: not those whose maker may no longer invite. Throws 400
 * for an offset that is too deep, and for a place of another list.
 */
export async function listInvitations(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  page: ListPage,
): Promise<Listed<WireInvitation>> {
  demandRightEverywhere(caller, 'user_manage')
  demandReachable(page)
  demandPlaceOf(page, SORT, isMicroseconds)
  const grants = await selectGrants(db, 'invitation')
  const granted = await Promise.all(grants.map((grant) => isStillGranted(db, grant)))
  const found = await selectOpenLinks(
    db,
    'invitation',
    grants.filter((_, at) => granted[at]),
    page,
  )
  const { rows, ...listed } = endPage(found, page, ({ place, id }) => ({ sort: SORT, value: place, id }))
  return { ...listed, rows: rows.map(presentInvitation) }
}

/** Withdraw an invitation; its link stops working. Throws 404 if it was accepted or never existed. */
export async function withdrawInvitation(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<void> {
  demandRightEverywhere(caller, 'user_manage')
  await db.transaction().execute(async (tx) => {
    if (!isUuid(id) || !(await deleteOpenLinks(tx, 'invitation', { id }))) {
      throw new Problem('not_found', 'Not found.')
    }
    await recordAudit(tx, { by: caller, action: 'user.invitation_withdraw', projectId: null, targets: [id] })
  })
}
