import { boot } from '#lib/boot.ts'
import { createLog } from '#lib/platform/log.ts'
import { notifySystemd } from '#lib/platform/notify-systemd.ts'
import { sayWhyEnded } from '#lib/platform/say-why-ended.ts'

/** A worker without a web server: jobs and the sweeper. Any number may share one database and storage. */
const stopped = new AbortController()
const booting = boot({ jobs: true, applicationName: 'arraydrop-worker', signal: stopped.signal })

const STOP_MS_MAX = 45_000
let stopping = false
function stop(): void {
  if (stopping) return
  stopping = true
  stopped.abort()
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref()
  // A worker that is stopped while it boots may have started its database by then.
  void booting
    .catch(() => undefined)
    .then((system) => system?.stop())
    .then(() => process.exit(0))
}
process.on('disconnect', stop)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// Connections are not enough to keep a process alive while its database is away.
setInterval(() => {}, 2 ** 30)

const system = await booting.catch((error: unknown) => {
  if (!stopping) {
    sayWhyEnded(error, createLog({ logLevel: 'info' }))
    process.exit(1)
  }
})
if (system && !stopping) {
  notifySystemd()
  system.services.log.info('worker ready')
}
