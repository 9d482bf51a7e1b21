import { resealSources } from '#lib/fastq/seal-source.ts'
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
