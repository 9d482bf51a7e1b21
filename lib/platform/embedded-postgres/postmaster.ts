import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { BARE_ENVIRONMENT } from './cluster.ts'
import { type ClusterLocation, SOCKET_PORT } from './location.ts'
import { memorySettings } from './memory-settings.ts'

const STOP_MS_MAX = 60_000

/** `blank`: postmaster.pid exists but is empty, as early in a start or after a power cut. */
export type PostmasterState = 'alive' | 'dead' | 'none' | 'blank'

const pidFile = ({ cluster }: ClusterLocation): string => path.join(cluster, 'postmaster.pid')

function postmasterPid(location: ClusterLocation): number | undefined {
  try {
    return Number(readFileSync(pidFile(location), 'utf8').split('\n')[0]) || undefined
  } catch {
    return undefined
  }
}

/**
 * Whether the process that postmaster.pid names is a PostgreSQL of this very directory. PostgreSQL itself only asks
 * kill(pid, 0), which zombies fool, and ids that another program got after a reboot or in a container.
 */
export function postmasterState(location: ClusterLocation): PostmasterState {
  const pid = postmasterPid(location)
  if (pid === undefined) return existsSync(pidFile(location)) ? 'blank' : 'none'
  return belongsTo(location, pid) ? 'alive' : 'dead'
}

/** Only for a postmaster that is known to be gone. */
export const removePidFile = (location: ClusterLocation): void => rmSync(pidFile(location), { force: true })

function belongsTo(location: ClusterLocation, pid: number): boolean {
  const title = processTitle(pid)
  if (title === undefined) return false
  if (title.includes(` -D ${location.cluster} `) || title.startsWith(`postgres: ${location.clusterName}: `))
    return true
  try {
    // Started by hand, perhaps by another spelling of the path. Root in a container may not read this of other users.
    const program = path.basename(readlinkSync(`/proc/${pid}/exe`))
    return program.startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === location.cluster
  } catch {
    return false
  }
}

/** The command line of a process that really runs: a zombie has none. */
function processTitle(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined
    }
  } catch {
    return undefined
  }
  return (
    spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined
  )
}

/**
 * After a `kill -9` of the postmaster a backend can wait forever for a lock of a dead one, and keeps the shared
 * memory that blocks the next start. Does nothing while a postmaster lives.
 */
export function endOrphans(location: ClusterLocation): void {
  if (process.platform !== 'linux' || postmasterState(location) === 'alive') return
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!pid || pid === process.pid || !belongsTo(location, pid)) continue
    location.log(`ending process ${pid}, left over from an embedded PostgreSQL that was killed`)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}

/** Start the server of this location. It outlives this process; connecting is the only way to see that it is ready. */
export function launchPostmaster(location: ClusterLocation, binaries: Binaries): ChildProcess {
  // A file, not a pipe: the server may outlive this process, and a broken pipe would end it.
  const log = openSync(location.startupLog, 'w', 0o600)
  try {
    const child = spawn(binaries.postgres, ['-D', location.cluster, ...settings(location)], {
      ...location.user,
      cwd: location.cluster,
      // A group of its own: Ctrl-C in the terminal reaches the application only, which stops the database last.
      detached: true,
      stdio: ['ignore', log, log],
      env: BARE_ENVIRONMENT,
    })
    child.on('error', () => {}) // the connection that never succeeds reports it
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

function settings({ socketDirectory, clusterName, megabytes }: ClusterLocation): string[] {
  const values = {
    listen_addresses: '',
    port: SOCKET_PORT,
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    // Set explicitly, so that acknowledged commits survive a power cut.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    ...memorySettings(megabytes),
    // A fifth of a table that is large by then is too late: its dead rows slow down every query.
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_analyze_scale_factor: 0.02,
    max_connections: 60,
    io_method: 'sync',
    timezone: 'UTC',
    log_timezone: 'UTC',
    cluster_name: clusterName,
    // Seven files, one for each day of the week. Statements are never logged, because they contain people's data.
    logging_collector: 'on',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_error_verbosity: 'terse',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Ask for PostgreSQL's fast shutdown (a checkpoint, then the end), and wait until it is gone, 60 s at most. */
export async function stopPostmaster(location: ClusterLocation): Promise<void> {
  const pid = postmasterPid(location)
  if (!pid || postmasterState(location) !== 'alive') return
  process.kill(pid, 'SIGINT')
  const deadline = performance.now() + STOP_MS_MAX
  while (postmasterState(location) === 'alive') {
    if (performance.now() > deadline) throw new Error('The embedded PostgreSQL did not stop within a minute.')
    await delay(10)
  }
}
