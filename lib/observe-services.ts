import { statfs } from 'node:fs/promises'
import { cacheResult } from '#lib/platform/telemetry/cache-result.ts'
import type { Services } from '#lib/services.ts'
import { countSessions } from '#lib/sessions/measure-sessions.ts'
import { measureBacklog } from '#lib/webhooks/deliver-due.ts'
import { listFailingSteps } from './sweep-state.ts'

/** The database is queried at most this often, however often monitoring scrapes. */
const ASK_SECONDS = 10

/**
 * Metrics of the whole installation: sessions, queues, webhooks. Every process reports the same values, so dashboards
 * take the maximum, not the sum. And of this process its roles, and the disk that it writes to.
 */
export function observeServices(
  services: Pick<Services, 'db' | 'queue' | 'telemetry' | 'env'>,
  roles: { web: boolean; worker: boolean },
): void {
  const { telemetry, queue, env } = services
  const sessions = cacheResult(ASK_SECONDS, () => countSessions(services))
  const depth = cacheResult(ASK_SECONDS, () => queue.depth())
  const failing = cacheResult(ASK_SECONDS, () => listFailingSteps(services.db))
  const backlog = cacheResult(ASK_SECONDS, () => measureBacklog(services))

  telemetry.observe('arraydrop.sessions', async () =>
    Object.entries(await sessions()).map(([state, value]) => ({ value, labels: { state } })),
  )
  telemetry.observe('arraydrop.queue.jobs', async () =>
    (await depth()).flatMap(({ name, waiting, running }) => [
      { value: waiting, labels: { queue: name, state: 'waiting' } },
      { value: running, labels: { queue: name, state: 'running' } },
    ]),
  )
  telemetry.observe('arraydrop.queue.oldest.age', async () =>
    (await depth()).map(({ name, oldestSeconds }) => ({ value: oldestSeconds, labels: { queue: name } })),
  )
  telemetry.observe('arraydrop.sweep.failing.age', async () =>
    (await failing()).map(({ step, seconds }) => ({ value: seconds, labels: { step } })),
  )
  telemetry.observe('arraydrop.process.role', async () =>
    (['web', 'worker'] as const)
      .filter((role) => roles[role])
      .map((role) => ({ value: 1, labels: { role } })),
  )
  // What an unprivileged process may use: the rest is kept for root.
  telemetry.observe('arraydrop.disk.free', async () => {
    const { bavail, bsize } = await statfs(env.dataDir)
    return [{ value: bavail * bsize, labels: {} }]
  })
  telemetry.observe('arraydrop.disk.size', async () => {
    const { blocks, bsize } = await statfs(env.dataDir)
    return [{ value: blocks * bsize, labels: {} }]
  })
  telemetry.observe('arraydrop.webhook.backlog', async () => [
    { value: (await backlog()).waiting, labels: {} },
  ])
  telemetry.observe('arraydrop.webhook.oldest.age', async () => [
    { value: (await backlog()).oldestSeconds, labels: {} },
  ])
}
