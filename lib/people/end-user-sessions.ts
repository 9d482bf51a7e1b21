import type { z } from 'zod'
import { type Caller, demandRightEverywhere } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { workOff } from '#lib/platform/work-off.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, demandReachable, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import { deleteQuietTries } from './sign-in-tries-table.ts'
import { deleteOverdueSessions, deleteSessions, selectSessions } from './user-sessions-table.ts'
import { presentUserSession, type SessionsFilter, type WireUserSession } from './wire.ts'

type Filter = z.output<typeof SessionsFilter>

/**
 * Whose sessions a request is about: the caller's own or, with `user`, those of a person the caller manages. Throws 403
 * for others, and for an API key that names no person: it has no sessions.
 */
export function sessionsOwner(caller: Caller, { user }: Filter): string {
  if (user !== undefined && user !== caller.userId) {
    demandRightEverywhere(caller, 'user_manage')
    return user
  }
  if (caller.apiKeyId !== null || !caller.userId) {
    throw new Problem('permission_denied', 'Only a person who signed in has sessions.')
  }
  return caller.userId
}

const SORT = 'last_seen_at desc'

/**
 * One page of the console sessions that have not ended. Throws 400 for an offset that is too deep, and for a place of another
 * list.
 */
export async function listUserSessions(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  filter: Filter,
  page: ListPage,
): Promise<Listed<WireUserSession>> {
  const owner = sessionsOwner(caller, filter)
  demandReachable(page)
  demandPlaceOf(page, SORT, isMicroseconds)
  const found = await selectSessions(db, owner, page)
  const { rows, ...listed } = endPage(found, page, ({ place, id }) => ({ sort: SORT, value: place, id }))
  return { ...listed, rows: rows.map((session) => presentUserSession(session, caller.sessionId)) }
}

/** End one session, or all but the caller's own, at once. Returns how many. Throws 404 for an unknown session. */
export async function endUserSessions(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  filter: Filter,
  only?: string,
): Promise<number> {
  const userId = sessionsOwner(caller, filter)
  if (only !== undefined && !isUuid(only)) throw new Problem('not_found', 'Not found.')
  return db.transaction().execute(async (tx) => {
    const which = only === undefined ? { but: caller.sessionId } : { only }
    const ended = await deleteSessions(tx, userId, which)
    if (only !== undefined && ended === 0) throw new Problem('not_found', 'Not found.')
    if (ended > 0) {
      await recordAudit(tx, { by: caller, action: 'user.sessions_end', projectId: null, targets: [userId] })
    }
    return ended
  })
}

const BATCH = 1_000

/** Delete expired sessions, unfinished sign-ins, one-time links and tries that no longer count. */
export async function forgetSessions({ db }: Services): Promise<void> {
  await workOff(() => deleteOverdueSessions(db, BATCH))
  await workOff(() => deleteQuietTries(db, BATCH))
}
