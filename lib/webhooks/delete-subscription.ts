import type { Caller } from '#lib/projects/caller.ts'
import type { Services } from '#lib/services.ts'
import { findSubscription } from './find-subscription.ts'
import { deleteSubscriptionRow } from './subscriptions-table.ts'

/** Delete a subscription with its secrets and its log; what still waited for it is not delivered. */
export async function deleteSubscription(
  services: Pick<Services, 'db'>,
  caller: Caller,
  id: string,
): Promise<void> {
  const subscription = await findSubscription(services, caller, id)
  await deleteSubscriptionRow(services.db, subscription.id)
}
