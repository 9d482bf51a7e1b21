import { mayDo, ROLES, type Role, rightsOf } from '#lib/access/role.ts'
import type { WireApiKey } from '#lib/keys/wire.ts'
import type { WireUser } from '#lib/people/wire.ts'

export interface KeyValues extends Record<string, unknown> {
  name: string
  role: Role
  /** Null: every project. */
  project_id: string | null
  expiry_date: string
  ip_range: string[]
  requests_per_minute: number | string
}

/** The body of the request. A field left empty sets no limit. */
export const bodyOfKey = ({ expiry_date, ip_range, requests_per_minute, ...rest }: KeyValues) => ({
  ...rest,
  expiry_date: expiry_date === '' ? null : expiry_date,
  ip_range: ip_range.length === 0 ? null : ip_range,
  requests_per_minute: requests_per_minute === '' ? null : requests_per_minute,
})

/** Whether a program can create links of this project with the key. */
export const mintsLinks = (
  { project_id, role, has_expired }: Pick<WireApiKey, 'project_id' | 'role' | 'has_expired'>,
  projectId: string,
): boolean =>
  (project_id === null || project_id === projectId) && !has_expired && mayDo(role, 'upload_create')

/** Roles this person can give a key in that project or, with null, everywhere: none with a right they lack. */
export function rolesToGive({ rights, project_rights }: WireUser, projectId: string | null): Role[] {
  const held = projectId === null ? rights : [...rights, ...(project_rights[projectId] ?? [])]
  return ROLES.filter((role) => rightsOf([role]).every((right) => held.includes(right)))
}

/**
 * The role that a new key has unless the person chooses another: the least that creates links, which is what most programs
 * are for, and reads no sample. Otherwise the least that can be given.
 */
export const usualRole = (roles: readonly Role[]): Role =>
  roles.find((role) => mayDo(role, 'upload_create')) ?? roles[0] ?? 'viewer'
