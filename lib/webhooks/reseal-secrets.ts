import type { Services } from '#lib/services.ts'
import { openSecret, sealSecret } from './seal-secret.ts'
import { selectSealedOtherwise, updateSealed } from './subscriptions-table.ts'

const BATCH = 500

/**
 * Seal every subscription's secret anew that an older secret of APP_SECRET seals; how many. Afterwards that one may go
 * from the list. Rejects when one was sealed by a secret that is gone already.
 */
export async function resealSubscriptionSecrets({
  db,
  secrets,
}: Pick<Services, 'db' | 'secrets'>): Promise<number> {
  const { kid } = secrets.keysFor('encryption')[0]!
  for (let resealed = 0; ; ) {
    const rows = await selectSealedOtherwise(db, kid, BATCH)
    if (rows.length === 0) return resealed
    for (const { id, subscription_id, sealed } of rows) {
      const secret = await openSecret(secrets, subscription_id, sealed)
      await updateSealed(db, id, sealed, await sealSecret(secrets, subscription_id, secret))
    }
    resealed += rows.length
  }
}
