import { isUuid } from '#lib/wire/is-uuid.ts'
import { type Caller, reachOf, seesProject } from './caller.ts'

/**
 * The projects that a question is about: the one that is named, else all that the caller sees; null is every project there
 * is. One that the caller does not see is none.
 */
export function scopeOf(caller: Caller, projectId: string | undefined): readonly string[] | null {
  if (projectId === undefined) return reachOf(caller)
  return isUuid(projectId) && seesProject(caller, projectId) ? [projectId] : []
}
