import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { findSubscription } from './find-subscription.ts'
import { SECRETS_SIGNING_MAX } from './limits.ts'
import { generateSecret, openSecret, sealSecret } from './seal-secret.ts'
import { replaceSecret, selectSecretsSealedOtherwise, updateSealedSecret } from './subscriptions-table.ts'

const TOO_MANY = `${SECRETS_SIGNING_MAX} secrets sign the deliveries of this subscription already. Each earlier one stops 24 hours after it was replaced. Create another one then, or a new subscription, which has its own.`

/** Returns a new signing secret, this once. Each earlier one keeps signing beside it until 24 hours after it was replaced. */
export async function rotateSecret(
  services: Pick<Services, 'db' | 'secrets'>,
  caller: Caller,
  id: string,
): Promise<string> {
  const subscription = await findSubscription(services, caller, id)
  const secret = generateSecret()
  const sealed = await sealSecret(services.secrets, subscription.id, secret)
  await services.db.transaction().execute(async (tx) => {
    if (!(await replaceSecret(tx, subscription.id, sealed))) throw new Problem('conflict', TOO_MANY)
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

const BATCH = 500

/**
 * Reseal every subscription secret that is sealed with an older secret of APP_SECRET; returns how many. Afterwards that
 * one may be removed from the list. Rejects when a secret was sealed with one that was already removed.
 */
export async function resealSubscriptionSecrets({
  db,
  secrets,
}: Pick<Services, 'db' | 'secrets'>): Promise<number> {
  const { kid } = secrets.keysFor('encryption')[0]!
  for (let resealed = 0; ; ) {
    const rows = await selectSecretsSealedOtherwise(db, kid, BATCH)
    if (rows.length === 0) return resealed
    for (const { id, subscriptionId, sealed } of rows) {
      const secret = await openSecret(secrets, subscriptionId, sealed)
      await updateSealedSecret(db, id, sealed, await sealSecret(secrets, subscriptionId, secret))
    }
    resealed += rows.length
  }
}
