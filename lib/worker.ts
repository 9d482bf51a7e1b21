import { boot } from '#lib/boot.ts'

/** A worker alone: jobs and the sweeper, beside any number of web servers on the same database and storage. */
const system = await boot({ jobs: true, applicationName: 'arraydrop-worker' })
system.services.log.info('worker ready')

const STOP_MILLISECONDS_MAX = 45_000
let stopping = false
function stop(): void {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), STOP_MILLISECONDS_MAX).unref()
  void system.stop().then(() => process.exit(0))
}
process.on('disconnect', stop)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// Connections are not enough to keep a process alive while its database is away.
setInterval(() => {}, 2 ** 30)
