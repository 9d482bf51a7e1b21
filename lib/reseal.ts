import { resealSources } from '#lib/fastq/seal-source.ts'
import { isOutage } from '#lib/platform/db/is-outage.ts'
import { resealSecondFactors } from '#lib/platform/sign-in/reseal-second-factors.ts'
import { resealFileKeys } from '#lib/platform/storage/blobs/file-keys.ts'
import type { Services } from '#lib/services.ts'
import { resealSubscriptionSecrets } from '#lib/webhooks/rotate-secret.ts'

/**
 * After a rotation of APP_SECRET, seal everything again with its first secret. When a secret was removed too early, that
 * is logged; only what it sealed fails, at the point of use.
 */
export async function reseal(services: Services): Promise<void> {
  const { log } = services
  for (const [what, act] of [
    ['subscription secrets', resealSubscriptionSecrets],
    ['source URLs', resealSources],
    ['second factors', ({ signIn }: Services) => signIn.reseal()],
  ] as const) {
    await act(services).then(
      (count) => count > 0 && log.info({ what, count }, 'sealed with the first secret of APP_SECRET'),
      (err: unknown) => log.error({ err, what }, 'some secrets could not be sealed again'),
    )
  }
}

/**
 * Whether everything that is sealed in the database opens with the first secret of APP_SECRET alone, so that the others may
 * go. Changes nothing.
 */
export async function isSealedWithFirst({ db, secrets }: Pick<Services, 'db' | 'secrets'>): Promise<boolean> {
  const first: Services['secrets'] = { keysFor: (purpose) => secrets.keysFor(purpose).slice(0, 1) }
  try {
    // With one secret, each either has nothing to do or rejects at what another one sealed.
    await resealFileKeys({ db, secrets: first })
    await resealSubscriptionSecrets({ db, secrets: first })
    await resealSources({ db, secrets: first })
    await resealSecondFactors(db, first)
    return true
  } catch (error) {
    if (isOutage(error)) throw error
    return false
  }
}
