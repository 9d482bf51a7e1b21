import { Problem } from '#lib/problem.ts'
import { mayDo, type Right, type Role } from './role.ts'

/** Who makes a request of the partner API. */
export interface Caller {
  apiKeyId: string
  role: Role
  /** A key bound to a project sees nothing outside it. */
  projectId: string | null
}

/** Throws 403 unless the caller's role holds the right. */
export function demandRight(caller: Caller, right: Right): void {
  if (!mayDo(caller.role, right)) {
    throw new Problem('permission_denied', 'You do not have permission to perform this action.')
  }
}

/** Whether the caller may see anything of this project. */
export const seesProject = (caller: Caller, projectId: string): boolean =>
  caller.projectId === null || caller.projectId === projectId
