import type { z } from 'zod'
import { type Caller, demandRightEverywhere, rolesIn } from '#lib/access/caller.ts'
import { mayDo, rightsOf } from '#lib/access/role.ts'
import { findApiKey } from '#lib/keys/find-api-keys.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { wireTime } from '#lib/wire/fields.ts'
import { demandPlaceOf, demandReachable, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { selectLastSeen, selectUser, selectUsers } from './users-table.ts'
import type { WireUser } from './wire.ts'
import { type PeopleFilter, presentPerson, type WirePerson } from './wire.ts'

/** The caller as a person; an API key without one is shown under an address that no mail reaches. */
export async function showUser({ db }: Pick<Services, 'db'>, caller: Caller): Promise<WireUser> {
  const roles = [...rolesIn(caller, caller.projectId), ...Object.values(caller.projectRoles ?? {})]
  const rights = {
    uploads_enabled: roles.some((role) => mayDo(role, 'upload_create')),
    explorer_enabled: false,
    is_support: false,
  }
  const ours = {
    rights: rightsOf(rolesIn(caller, caller.projectId)),
    project_rights: Object.fromEntries(
      Object.entries(caller.projectRoles ?? {}).map(([project, role]) => [project, rightsOf([role])]),
    ),
  }
  const user = caller.userId === undefined ? undefined : await selectUser(db, caller.userId)
  if (user) {
    const { id, email, name, created } = user
    return {
      id,
      email,
      name,
      created: wireTime(created),
      ...rights,
      role: user.role,
      ...ours,
      second_factor: user.secondFactor,
    }
  }
  const key = caller.apiKeyId === null ? undefined : await findApiKey({ db }, caller.apiKeyId)
  if (!key) throw new Problem('not_found', 'Not found.')
  return {
    id: key.id,
    // RFC 2606: nothing under .invalid ever exists.
    email: `${key.prefix.toLowerCase()}@api-key.invalid`,
    name: key.name,
    created: wireTime(key.created),
    ...rights,
    role: caller.role,
    ...ours,
    second_factor: false,
  }
}

const SORT = 'email asc'

/**
 * One page of all people, disabled ones included. Throws 400 for an offset that is too deep, and for a place of another
 * list.
 */
export async function listPeople(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  { search }: z.output<typeof PeopleFilter>,
  page: ListPage,
): Promise<Listed<WirePerson>> {
  demandRightEverywhere(caller, 'user_manage')
  demandReachable(page)
  demandPlaceOf(page, SORT, (value) => value === '')
  const found = await selectUsers(db, search, page)
  const { rows, ...listed } = endPage(found, page, ({ id }) => ({ sort: SORT, value: '', id }))
  const seen = await selectLastSeen(
    db,
    rows.map(({ id }) => id),
  )
  return { ...listed, rows: rows.map((row) => presentPerson(row, seen.get(row.id))) }
}
