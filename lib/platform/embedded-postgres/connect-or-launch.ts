import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import { type Place, SOCKET_PORT } from './location.ts'
import { endOrphans, launchPostmaster, postmasterState, removePidFile } from './postmaster.ts'

const START_MS_MAX = 60_000
/** A start under way writes its number within this time, and a server that was killed is let go by its backends. */
const SETTLE_MS = 2500
const PAUSE_MS_MAX = 250

export interface Connection {
  client: pg.Client
  /** Resolves when the connection is over, whoever ended it. */
  ended: Promise<void>
}

/** A superuser's connection to the server of this place; rejects when none listens. */
export async function connectAsSuperuser(place: Place): Promise<Connection> {
  const client = new pg.Client({
    host: place.socketDirectory,
    port: SOCKET_PORT,
    user: 'postgres',
    password: readFileSync(place.passwordFile, 'utf8'),
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
 * Attach to the server of this place, or start it: whichever of several processes loses the race attaches. Resolves
 * connected; rejects after a minute, at once where waiting cannot help, or when `signal` says so before a start.
 */
export async function connectOrLaunch(
  place: Place,
  binaries: Binaries,
  signal: AbortSignal,
): Promise<Connection> {
  const started = performance.now()
  let child: ChildProcess | undefined
  for (let pause = 20; ; pause = Math.min(pause * 1.2, PAUSE_MS_MAX)) {
    // A server that was launched here is waited for all the same: else nobody would stop it.
    if (hasEnded(child)) signal.throwIfAborted()
    try {
      return await connectAsSuperuser(place)
    } catch (cause) {
      const waited = performance.now() - started
      giveUpWhereHopeless(place, cause, waited)
      if (nobodyListens(cause) && readyToLaunch(place, waited) && hasEnded(child)) {
        child = launchPostmaster(place, binaries)
      }
    }
    await delay(pause)
  }
}

const codeOf = (cause: unknown): string => String((cause as { code?: unknown }).code ?? '')

/** Any other answer, such as "starting up" or "shutting down", comes from a server, and then waiting is right. */
const nobodyListens = (cause: unknown): boolean => ['ENOENT', 'ECONNREFUSED'].includes(codeOf(cause))

const hasEnded = (child: ChildProcess | undefined): boolean =>
  !child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null

function giveUpWhereHopeless(place: Place, cause: unknown, waitedMs: number): void {
  const code = codeOf(cause)
  if (code === 'EACCES') {
    throw new Error(`The embedded database in ${place.root} belongs to another user.`, { cause })
  }
  if (/^28/.test(code)) {
    throw new Error(`The embedded database refuses the password in ${place.passwordFile}.`, { cause })
  }
  if (waitedMs > START_MS_MAX) {
    const logs = `${place.startupLog} and ${path.join(place.cluster, 'log')}`
    throw new Error(`The embedded PostgreSQL did not come up within a minute; see ${logs}.`, { cause })
  }
}

/** Clears away what a killed server left, and says whether a start makes sense now. */
function readyToLaunch(place: Place, waitedMs: number): boolean {
  const state = postmasterState(place)
  if (state === 'alive') return false
  const settled = waitedMs > SETTLE_MS
  if (state === 'dead' || (state === 'blank' && settled)) removePidFile(place)
  if (settled) endOrphans(place)
  return true
}
