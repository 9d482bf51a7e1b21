import { resealSources } from '#lib/fastq/reseal-sources.ts'
import type { Services } from '#lib/services.ts'
import { resealSubscriptionSecrets } from '#lib/webhooks/reseal-secrets.ts'

/**
 * After a rotation of APP_SECRET: everything that a slice keeps sealed is sealed by the first secret again. A secret
 * that went too early is said in the log; what it sealed fails where it is used, and nothing else does.
 */
export async function reseal(services: Services): Promise<void> {
  const { log } = services
  for (const [what, act] of [
    ['subscription secrets', resealSubscriptionSecrets],
    ['source URLs', resealSources],
    ['second factors', ({ signIn }: Services) => signIn.reseal()],
  ] as const) {
    await act(services).then(
      (count) => count > 0 && log.info({ what, count }, 'sealed with the first secret of APP_SECRET now'),
      (err: unknown) => log.error({ err, what }, 'not everything could be sealed anew'),
    )
  }
}
