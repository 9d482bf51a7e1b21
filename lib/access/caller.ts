import { Problem } from '#lib/problem.ts'
import { isUuid } from '#lib/wire/fields.ts'
import { covers, mayDo, type Right, ROLES, type Role } from './role.ts'

/** Who makes a request of the partner API: an API key, or a person who signed in. */
export interface Caller {
  /** Null for a person. */
  apiKeyId: string | null
  /** The person who signed in, or whose key it is. */
  userId?: string | undefined
  /** The session of a person who uses the console. */
  sessionId?: string | undefined
  /** In every project within reach; null for a person who is named in single projects only. */
  role: Role | null
  /** A key bound to a project sees nothing outside it. */
  projectId: string | null
  /** A person's roles in single projects: they add to `role` and take nothing from it. */
  projectRoles?: Readonly<Record<string, Role>> | undefined
  /** A key whose line is limited to networks or a time: it cannot change people, who are limited to neither. */
  restricted?: boolean | undefined
  /** Set by `demandRight`: the caller holds the right in these projects only. */
  onlyProjects?: readonly string[] | undefined
  /** Its own request limit; without it the usual one applies. */
  requestsPerMinute?: number | undefined
  /** Of a key: itself, the key it was made with, and so on. The limit of each holds for all of those made with it together. */
  keys?: readonly { id: string; requestsPerMinute: number | null }[] | undefined
  /** The current request, for the audit trail. */
  requestId?: string | undefined
  /** Where the request came from, for the audit trail. */
  address?: string | undefined
}

/** The id under which a caller's requests are counted and its idempotency keys are kept. */
export const callerId = ({ apiKeyId, userId }: Caller): string => apiKeyId ?? userId ?? ''

/**
 * Returns the caller limited to where it holds the right: if only its roles in single projects grant it, it sees those
 * projects alone. Throws 403 when no role of the caller holds the right.
 */
export function demandRight(caller: Caller, right: Right): Caller {
  if (caller.role && mayDo(caller.role, right)) return caller
  const projects = projectsWith(caller, right)
  if (projects.length === 0) throw forbidden(caller, rolesWith(right).join(', '))
  return { ...caller, onlyProjects: projects }
}

/** The projects in which a role for that project alone grants the right. */
export const projectsWith = ({ projectRoles }: Caller, right: Right): string[] =>
  Object.entries(projectRoles ?? {}).flatMap(([id, role]) => (mayDo(role, right) ? [id] : []))

/** Throws 403 unless the caller reaches all there is: one bound to projects sees nothing of the whole. */
export function demandWholeReach(caller: Caller): void {
  if (reachOf(caller) === null) return
  throw forbidden(caller, 'one in every project')
}

/** Throws 403 unless the caller holds the right in every project, as managing people and creating projects needs. */
export function demandRightEverywhere(caller: Caller, right: Right): void {
  if (reachOf(demandRight(caller, right)) === null) return
  throw forbidden(caller, `${rolesWith(right).join(', ')} in every project`)
}

const rolesWith = (right: Right): Role[] => ROLES.filter((role) => mayDo(role, right))

/** The 403 in Gencove's words, and beside them the roles of which one is needed and those the caller has. */
function forbidden(caller: Caller, needed: string): Problem {
  const { role, projectId, projectRoles = {} } = caller
  const everywhere = role === null ? [] : [projectId === null ? role : `${role} in one project`]
  const named = [...new Set(Object.values(projectRoles))].map((added) => `${added} in single projects`)
  return new Problem('permission_denied', 'You do not have permission to perform this action.', {
    roles: { needed, held: [...everywhere, ...named].join(', ') || 'none' },
  })
}

/**
 * Throws 403 for a key that is limited to networks or a time, itself or by the key that made it. A person is limited to
 * neither, so such a key may not invite one, let one choose a new password, or change what one may do.
 */
export function demandUnrestricted({ restricted }: Caller): void {
  if (!restricted) return
  throw new Problem(
    'permission_denied',
    'An API key that is limited to networks or has a last day cannot invite or change people: it would hand out more than it has.',
  )
}

/** The projects in which the caller may see anything; null: all of them. */
export function reachOf({ role, projectId, projectRoles, onlyProjects }: Caller): readonly string[] | null {
  const named = onlyProjects ?? (role === null ? Object.keys(projectRoles ?? {}) : null)
  if (projectId === null) return named
  return named === null || named.includes(projectId) ? [projectId] : []
}

/** Whether the caller may see anything of this project. */
export function seesProject(caller: Caller, projectId: string): boolean {
  const reach = reachOf(caller)
  return reach === null || reach.includes(projectId.toLowerCase())
}

/** The caller's roles in a project; without one, those that hold everywhere. */
export function rolesIn({ role, projectRoles }: Caller, projectId: string | null): Role[] {
  const added = projectId === null ? undefined : projectRoles?.[projectId]
  return [role, added].filter((held) => held !== null && held !== undefined)
}

/** Whether the caller holds all rights of the role in this project or, with null, everywhere. */
export const coversRole = (caller: Caller, role: Role, projectId: string | null): boolean =>
  (projectId === null ? reachOf(caller) === null : seesProject(caller, projectId)) &&
  covers(rolesIn(caller, projectId), role)

/**
 * The projects that a request is about: the named one, else all that the caller may see; null means every project. A
 * project that the caller may not see gives an empty list.
 */
export function projectsInScope(caller: Caller, projectId: string | undefined): readonly string[] | null {
  if (projectId === undefined) return reachOf(caller)
  return isUuid(projectId) && seesProject(caller, projectId) ? [projectId] : []
}
