import type { Caller } from '#lib/access/caller.ts'
import type { Services } from '#lib/services.ts'
import { demandPeopleManager } from './demand-people-manager.ts'
import { selectOpenLinks } from './sign-in-links-table.ts'
import { presentInvitation, type WireInvitation } from './wire.ts'

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
): Promise<WireInvitation[]> {
  demandPeopleManager(caller)
  return (await selectOpenLinks(db, 'invitation')).map(presentInvitation)
}
