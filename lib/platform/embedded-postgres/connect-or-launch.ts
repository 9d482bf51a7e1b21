import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'
import type { Binaries } from './binaries.ts'
import { type ClusterLocation, SOCKET_PORT } from './location.ts'
import { endOrphans, launchPostmaster, postmasterState, removePidFile } from './postmaster.ts'

const START_MS_MAX = 60_000
/** A start under way writes its number within this time, and a server that was killed is let go by its backends. */
const SETTLE_MS = 2500
const PAUSE_MS_MAX = 250

export interface Connection {
  client: pg.Client
  /** Resolves when the connection has ended, for any reason. */
  ended: Promise<void>
}

/** A superuser's connection to the server of this location; rejects when none is running. */
export async function connectAsSuperuser(location: ClusterLocation): Promise<Connection> {
  const client = new pg.Client({
    host: location.socketDirectory,
    port: SOCKET_PORT,
    user: 'postgres',
    password: readFileSync(location.passwordFile, 'utf8'),
    database: 'postgres',
    connectionTimeoutMillis: 3000,
    application_name: 'arraydrop-presence',
  })
  client.on('error', () => {}) // `ended` tells
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  await client.connect()
  return { client, ended }
}

/**
 * Connect to the server of this location, or start it: of several processes that race, one starts it. Resolves
 * connected; rejects after a minute, at once where waiting cannot help, or when `signal` says so before a start.
 */
export async function connectOrLaunch(
  location: ClusterLocation,
  binaries: Binaries,
  signal: AbortSignal,
): Promise<Connection> {
  const started = performance.now()
  let child: ChildProcess | undefined
  for (let pause = 20; ; pause = Math.min(pause * 1.2, PAUSE_MS_MAX)) {
    // Wait for a server that was launched here in any case; otherwise nothing would stop it.
    if (hasEnded(child)) signal.throwIfAborted()
    try {
      return await connectAsSuperuser(location)
    } catch (cause) {
      const waited = performance.now() - started
      giveUpWhereHopeless(location, cause, waited)
      if (nobodyListens(cause) && readyToLaunch(location, waited) && hasEnded(child)) {
        child = launchPostmaster(location, binaries)
      }
    }
    await delay(pause)
  }
}

const codeOf = (cause: unknown): string => String((cause as { code?: unknown }).code ?? '')

/** Any other error, such as "starting up" or "shutting down", comes from a server, so waiting helps. */
const nobodyListens = (cause: unknown): boolean => ['ENOENT', 'ECONNREFUSED'].includes(codeOf(cause))

const hasEnded = (child: ChildProcess | undefined): boolean =>
  !child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null

function giveUpWhereHopeless(location: ClusterLocation, cause: unknown, waitedMs: number): void {
  const code = codeOf(cause)
  if (code === 'EACCES') {
    throw new StartRefusal(`The embedded database in ${location.root} belongs to another user.`, { cause })
  }
  if (/^28/.test(code)) {
    throw new StartRefusal(`The embedded database refuses the password in ${location.passwordFile}.`, {
      cause,
    })
  }
  if (waitedMs > START_MS_MAX) {
    const logs = `${location.startupLog} and ${path.join(location.cluster, 'log')}`
    throw new StartRefusal(`The embedded PostgreSQL did not come up within a minute; see ${logs}.`, { cause })
  }
}

/** Remove what a killed server left. Returns whether a start makes sense now. */
function readyToLaunch(location: ClusterLocation, waitedMs: number): boolean {
  const state = postmasterState(location)
  if (state === 'alive') return false
  const settled = waitedMs > SETTLE_MS
  if (state === 'dead' || (state === 'blank' && settled)) removePidFile(location)
  if (settled) endOrphans(location)
  return true
}
