import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import type { Services } from '#lib/services.ts'
import { findSubscription } from './find-subscription.ts'
import { generateSecret, sealSecret } from './seal-secret.ts'
import { replaceSecret } from './subscriptions-table.ts'

/** A new signing secret, answered this once. The one before it goes on signing beside it for 24 hours. */
export async function rotateSubscriptionSecret(
  services: Pick<Services, 'db' | 'secrets'>,
  caller: Caller,
  id: string,
): Promise<string> {
  const subscription = await findSubscription(services, caller, id)
  const secret = generateSecret()
  const sealed = await sealSecret(services.secrets, subscription.id, secret)
  await services.db.transaction().execute(async (tx) => {
    await replaceSecret(tx, subscription.id, sealed)
    const { projectId } = subscription
    await recordAudit(tx, {
      by: caller,
      action: 'subscription.secret',
      projectId,
      targets: [subscription.id],
    })
  })
  return secret
}
