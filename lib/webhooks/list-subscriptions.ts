import type { Caller } from '#lib/access/caller.ts'
import { findVisibleProject } from '#lib/projects/find-visible-project.ts'
import type { Services } from '#lib/services.ts'
import type { Subscription } from './subscription.ts'
import { selectSubscriptions } from './subscriptions-table.ts'

/** One page of the subscriptions of a project that the caller may see, oldest first. */
export async function listSubscriptions(
  services: Pick<Services, 'db'>,
  caller: Caller,
  projectId: string,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: Subscription[] }> {
  const project = await findVisibleProject(services, caller, projectId)
  return selectSubscriptions(services.db, project.id, page)
}
