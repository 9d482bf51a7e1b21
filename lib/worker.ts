import { boot } from '#lib/boot.ts'

/** A worker alone: jobs and the sweeper, beside any number of web servers on the same database and storage. */
const booting = boot({ jobs: true, applicationName: 'arraydrop-worker' })

const STOP_MILLISECONDS_MAX = 45_000
let stopping = false
function stop(): void {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), STOP_MILLISECONDS_MAX).unref()
  // One that is told to stop while it boots may have the database up by then.
  void booting.then((system) => system.stop()).then(() => process.exit(0))
}
process.on('disconnect', stop)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// Connections are not enough to keep a process alive while its database is away.
setInterval(() => {}, 2 ** 30)

const { services } = await booting
if (!stopping) services.log.info('worker ready')
