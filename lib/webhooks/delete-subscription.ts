import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
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
  await services.db.transaction().execute(async (tx) => {
    await deleteSubscriptionRow(tx, subscription.id)
    const { projectId } = subscription
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.delete',
      projectId,
      targets: [subscription.id],
    })
  })
}
