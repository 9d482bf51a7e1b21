import type { Caller } from '#lib/access/caller.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandPeopleManager } from './demand-people-manager.ts'
import { selectSessions } from './user-sessions-table.ts'
import { presentSession, SessionsFilter, type WireUserSession } from './wire.ts'

/**
 * Whose sessions a request is about: the caller's own, or with `user` those of somebody whom the caller manages. Throws
 * 403 for others, and for an API key that names nobody: it has no sessions.
 */
export function sessionsOwner(caller: Caller, query: Record<string, string>): string {
  const { user } = parseFields(SessionsFilter, query)
  if (user !== undefined && user !== caller.userId) {
    demandPeopleManager(caller)
    return user
  }
  if (caller.apiKeyId !== null || !caller.userId) {
    throw new Problem('permission_denied', 'Only a person who signed in has sessions.')
  }
  return caller.userId
}

/** Sessions of the console that go on. */
export async function listUserSessions(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  query: Record<string, string>,
): Promise<WireUserSession[]> {
  const sessions = await selectSessions(db, sessionsOwner(caller, query))
  return sessions.map((session) => presentSession(session, caller.sessionId))
}
