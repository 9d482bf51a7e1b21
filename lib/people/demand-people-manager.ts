import { type Caller, demandRight, reachOf } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'

/** People belong to the organisation: whoever manages them reaches all of it. Throws 403 for anybody else. */
export function demandPeopleManager(caller: Caller): void {
  if (reachOf(demandRight(caller, 'user_manage')) === null) return
  throw new Problem('permission_denied', 'You do not have permission to perform this action.')
}
