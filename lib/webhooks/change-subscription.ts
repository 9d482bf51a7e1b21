import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { demandTarget } from './demand-target.ts'
import { findSubscription } from './find-subscription.ts'
import { DISABLED_REASONS, type Subscription } from './subscription.ts'
import { updateDisabled, updateSubscription } from './subscriptions-table.ts'
import { SubscriptionChange } from './wire.ts'

/**
 * Change name, target or event types, or switch a subscription off and on. What waited while it was off is delivered
 * once it is on again; deliveries under way still go to the old target.
 */
export async function changeSubscription(
  services: Pick<Services, 'db' | 'outbound'>,
  caller: Caller,
  id: string,
  fields: Record<string, unknown>,
): Promise<Subscription> {
  const subscription = await findSubscription(services, caller, id)
  const { name, target, event_types: eventTypes, disabled } = parseFields(SubscriptionChange, fields)
  if (target !== undefined) demandTarget(services.outbound, target)
  await services.db.transaction().execute(async (tx) => {
    await updateSubscription(tx, subscription.id, {
      ...(name === undefined ? {} : { name }),
      ...(target === undefined ? {} : { target }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
    })
    if (disabled !== undefined) {
      await updateDisabled(tx, subscription.id, disabled ? DISABLED_REASONS.request : null)
    }
    const { projectId } = subscription
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.update',
      projectId,
      targets: [subscription.id],
    })
  })
  return findSubscription(services, caller, id)
}
