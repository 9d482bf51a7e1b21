import type { Caller } from './caller.ts'
import { covers, type Role, strongest } from './role.ts'

/** A key on the way from what it handed out to the person or command at the beginning. */
export interface GivingKey {
  id: string
  role: Role
  projectId: string | null
  /** Revoked, or its last day is over. */
  ended: boolean
  expires: boolean
  /** CIDR networks it may be used from; null: from anywhere. */
  ipRanges: readonly string[] | null
  /** Null: the usual limit. */
  requestsPerMinute: number | null
  createdBy: string | null
  userId: string | null
}

export interface GivingPerson {
  id: string
  disabled: boolean
  role: Role | null
  projectRoles: Readonly<Record<string, Role>>
}

/** Everyone on whom a grant depends. */
export interface Line {
  /** The giver first, if it is a key; then the key it was made with, and so on. */
  keys: readonly GivingKey[]
  people: readonly GivingPerson[]
}

/** A key or person with what it may do at this moment. */
export interface Giver extends Caller {
  restricted: boolean
  /** Each list comes from one key: an address counts when it is in every one of them. */
  networks: readonly (readonly string[])[]
}

type Power = Required<Pick<Caller, 'role' | 'projectId' | 'projectRoles'>>

/** What a command on the machine itself may do. */
const EVERYTHING: Power = { role: 'owner', projectId: null, projectRoles: {} }

/**
 * What the giver may do now: no more than each key and each person of its line. Undefined when one of them has ended
 * or no longer exists, because then everything they handed out has ended, too.
 */
export function giverOf(id: string, { keys, people }: Line): Giver | undefined {
  const known = new Set([...keys, ...people].map((each) => each.id))
  const named = [id, ...keys.flatMap(({ createdBy, userId }) => [createdBy, userId])]
  if (named.some((each) => each !== null && !known.has(each))) return undefined
  if (keys.some(({ ended }) => ended) || people.some(({ disabled }) => disabled)) return undefined
  const powers: Power[] = [
    ...people.map(({ role, projectRoles }) => ({ role, projectRoles, projectId: null })),
    ...keys.map(({ role, projectId }) => ({ role, projectId, projectRoles: {} })),
  ]
  const person = people.find((each) => each.id === id)
  return {
    apiKeyId: person ? null : id,
    userId: person?.id ?? keys[0]?.userId ?? undefined,
    ...powers.reduce(intersect, EVERYTHING),
    restricted: keys.some(({ expires, ipRanges }) => expires || ipRanges !== null),
    keys: keys.map(({ id, requestsPerMinute }) => ({ id, requestsPerMinute })),
    networks: keys.flatMap(({ ipRanges }) => (ipRanges ? [ipRanges] : [])),
  }
}

/** What both may do. */
function intersect(a: Power, b: Power): Power {
  if (a.projectId !== null && b.projectId !== null && a.projectId !== b.projectId) {
    return { role: null, projectId: a.projectId, projectRoles: {} }
  }
  const projectId = a.projectId ?? b.projectId
  const projects = new Set([...Object.keys(a.projectRoles), ...Object.keys(b.projectRoles)])
  const shared = [...projects].flatMap((project): [string, Role][] => {
    if (projectId !== null && project !== projectId) return []
    const role = weaker([a.role, a.projectRoles[project]], [b.role, b.projectRoles[project]])
    return role ? [[project, role]] : []
  })
  return { role: weaker([a.role], [b.role]), projectId, projectRoles: Object.fromEntries(shared) }
}

type Held = Role | null | undefined

/** The strongest role that both sides cover by one of theirs; null without one. */
function weaker(as: readonly Held[], bs: readonly Held[]): Role | null {
  const shared = as.flatMap((a) =>
    bs.flatMap((b) => {
      if (!a || !b) return []
      if (covers([a], b)) return [b]
      return covers([b], a) ? [a] : []
    }),
  )
  return strongest(shared) ?? null
}
