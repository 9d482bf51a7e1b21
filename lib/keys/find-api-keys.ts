import { type Caller, callerId, coversRole, reachOf } from '#lib/access/caller.ts'
import { mayDo, ROLES } from '#lib/access/role.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { demandPlaceOf, endPage, type Listed, type ListPage } from '#lib/wire/list-page.ts'
import { isMicroseconds } from '#lib/wire/query-place.ts'
import {
  type ApiKey,
  type KeyFilter,
  selectApiKeyById,
  selectApiKeys,
  selectDescendants,
} from './api-keys-table.ts'

const SORT = 'created desc'

/**
 * One page of the working keys that a caller may see: itself and those it made; a manager sees every key within reach.
 * Never a key with more rights than the caller. Throws 400 for a place of another list.
 */
export async function listApiKeys(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  page: ListPage,
): Promise<Listed<ApiKey>> {
  demandPlaceOf(page, SORT, isMicroseconds)
  const found = await selectApiKeys(db, keysOf(caller), page)
  return endPage(found, page, ({ place, id }) => ({ sort: SORT, value: place, id }))
}

function keysOf(caller: Caller): KeyFilter {
  const manages = caller.role !== null && mayDo(caller.role, 'project_write')
  return {
    projects: reachOf(caller),
    // A person with roles in single projects sees their own keys, whatever role each has.
    roles: manages ? ROLES.filter((role) => coversRole(caller, role, caller.projectId)) : ROLES,
    of: manages ? null : callerId(caller),
  }
}

/** Whether the caller may see this key: the same rule, for a single key. */
export function seesApiKey(caller: Caller, key: ApiKey): boolean {
  const { projects, roles, of } = keysOf(caller)
  if (key.revokedAt) return false
  if (projects && (key.projectId === null || !projects.includes(key.projectId))) return false
  if (!roles.some((role) => role === key.role)) return false
  return of === null || [key.id, key.createdBy, key.userId].includes(of)
}

/**
 * Working keys made with this key, with those made with them, and so on, at most `limit`: they end with it. Throws 404
 * for a key the caller may not see.
 */
export async function listMadeKeys(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
  limit: number,
): Promise<ApiKey[]> {
  const key = isUuid(id) ? await selectApiKeyById(db, id) : undefined
  if (!key || !seesApiKey(caller, key)) throw new Problem('not_found', 'Not found.')
  return selectDescendants(db, key.id, limit)
}

/** An API key by its id; undefined when there is none. */
export const findApiKey = ({ db }: Pick<Services, 'db'>, id: string): Promise<ApiKey | undefined> =>
  selectApiKeyById(db, id)
