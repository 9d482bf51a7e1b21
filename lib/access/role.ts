/**
 * Roles of people and API keys, weakest first, with what each may do. Names and meaning follow Gencove's
 * permissions page (docs.gencove.com/base/permissions): an uploader uploads but does not look, a viewer looks only.
 */
export const ROLES = ['viewer', 'uploader', 'analyst', 'manager', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const RIGHTS = [
  'upload_create',
  'sample_read',
  'run_analysis',
  'project_write',
  'user_manage',
] as const
export type Right = (typeof RIGHTS)[number]

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  viewer: ['sample_read'],
  uploader: ['upload_create'],
  analyst: ['upload_create', 'sample_read', 'run_analysis'],
  manager: ['upload_create', 'sample_read', 'run_analysis', 'project_write'],
  owner: ['upload_create', 'sample_read', 'run_analysis', 'project_write', 'user_manage'],
}

export const mayDo = (role: Role, right: Right): boolean => RIGHTS_OF[role].includes(right)

/** All rights that these roles hold together. */
export const rightsOf = (roles: readonly Role[]): Right[] =>
  RIGHTS.filter((right) => roles.some((role) => mayDo(role, right)))

/** Whether `roles` together allow all that `other` allows: a viewer's role does not cover an uploader's. */
export const covers = (roles: readonly Role[], other: Role): boolean =>
  RIGHTS_OF[other].every((right) => roles.some((role) => mayDo(role, right)))

/** The last of these roles in the order above. */
export const strongest = (roles: readonly Role[]): Role | undefined =>
  ROLES.findLast((role) => roles.includes(role))
