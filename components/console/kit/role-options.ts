import type { Role } from '#lib/access/role.ts'

/** What each role can do, in a sentence (lib/access/role.ts). */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'reads samples and results',
  uploader: 'creates links and uploads, without reading samples',
  analyst: 'creates links, reads, changes metadata, cancels',
  manager: 'also changes projects, keys and webhooks, and deletes',
  owner: 'also manages people',
}

const ROLES = Object.keys(ROLE_WORDS) as Role[]

/** For a select: `analyst – creates links, …`. */
export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: `${role} – ${ROLE_WORDS[role]}` }))
