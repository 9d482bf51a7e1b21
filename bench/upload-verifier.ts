import path from 'node:path'
import { boot } from '#lib/boot.ts'
import { JOB_POLICIES, jobHandlers } from '#lib/jobs.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import type { JobPayloads } from '#lib/services.ts'

/**
 * Works off the checks of a service whose web server does none, with everything that makes an upload safe (lock,
 * copy, digest, flush, the rows) and without the look at its content: every file is refused as soon as it is stored.
 */
const system = await boot({ jobs: false, applicationName: 'arraydrop-bench', quiet: true })
const { env, log } = system.services
const database = await startEmbeddedPostgres({ dir: path.join(env.dataDir, 'postgres'), log: () => {} })
// A queue that is told of new jobs, as a worker's is.
const queue = new PgBossQueue<JobPayloads>({ url: database.url, log, supervise: true })
await queue.start(JOB_POLICIES)
const handlers = jobHandlers({
  ...system.services,
  checkArchive: async () => ({ ok: false, faults: [{ reason: 'no_genotypes', detail: 'empty_archive' }] }),
})
await queue.work(JOB_POLICIES, {
  ...handlers,
  async 'verify-upload'(data: JobPayloads['verify-upload']) {
    await handlers['verify-upload'](data)
    process.send?.({ verified: data.uploadId })
  },
})
process.send?.({ ready: true })
process.on('disconnect', () => void stop())

async function stop(): Promise<void> {
  await queue.stop()
  await database.stop()
  await system.stop()
  process.exit(0)
}
