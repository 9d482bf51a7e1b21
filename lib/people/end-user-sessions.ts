import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/is-uuid.ts'
import { sessionsOwner } from './list-user-sessions.ts'
import { deleteSessions } from './user-sessions-table.ts'

/** End one session, or all but the one that asks. From the next request on they do not count. Throws 404 for none. */
export async function endUserSessions(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  query: Record<string, string>,
  only?: string,
): Promise<number> {
  const userId = sessionsOwner(caller, query)
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
