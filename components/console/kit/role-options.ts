import type { Role } from '#lib/access/role.ts'

/** What each role may do, in a sentence (lib/access/role.ts). */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'looks at samples and results',
  uploader: 'mints links and uploads, and does not look',
  analyst: 'mints links, looks, changes metadata, cancels',
  manager: 'also changes projects, keys and webhooks, and deletes',
  owner: 'also manages people',
}

const ROLES = Object.keys(ROLE_WORDS) as Role[]

/** For a select: `analyst – mints links, …`. */
export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: `${role} – ${ROLE_WORDS[role]}` }))

/** What is running there, as far as a browser says so: for telling sessions apart, no more. */
export function browserOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser'
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser ?? ''] ?? browser
  return (
    [name, system && `on ${system.replace('Mac OS X', 'macOS')}`].filter(Boolean).join(' ') ||
    'Unknown browser'
  )
}
