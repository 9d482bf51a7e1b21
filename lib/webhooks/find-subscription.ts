import { type Caller, seesProject } from '#lib/access/caller.ts'
import { Problem } from '#lib/problem.ts'
import { findVisibleProject } from '#lib/projects/find-project.ts'
import type { Services } from '#lib/services.ts'
import { isUuid } from '#lib/wire/fields.ts'
import type { Subscription } from './subscription.ts'
import { selectSubscription, selectSubscriptions } from './subscriptions-table.ts'

/** A subscription of a project that the caller may see. What it may not see does not exist: the same 404. */
export async function findSubscription(
  { db }: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<Subscription> {
  const subscription = isUuid(id) ? await selectSubscription(db, id) : undefined
  if (!subscription || !seesProject(caller, subscription.projectId)) {
    throw new Problem('not_found', 'Not found.')
  }
  return subscription
}

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
