import { readFileSync, realpathSync } from 'node:fs'
import type pg from 'pg'
import { ensureCluster } from './cluster.ts'
import { attend } from './hold-server.ts'
import { binariesFor, type Place, preparePlace, SOCKET_PORT } from './location.ts'
import { stopPostmaster } from './postmaster.ts'

/** The database, and the ordinary role that the application connects as. */
const NAME = 'arraydrop'
/** Advisory lock: one process at a time makes role and database. */
const SETTING_UP = 48_611

export interface EmbeddedPostgresOptions {
  /** Holds everything of this database; made when missing. One machine may use it at a time. */
  dir: string
  /** PostgreSQL's programs to run instead of the bundled ones; the same major version. */
  binDir?: string | undefined
  log: (line: string) => void
}

export interface EmbeddedPostgres {
  /** An ordinary connection URL. It holds a password: never log it. */
  url: string
  /** Leave; the last process to leave stops the server. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Real PostgreSQL as a private child, on a socket that only this user reaches. One server per directory, however many
 * processes start it at once; what a crash or a power cut left is repaired without a person; every acknowledged
 * commit is on disk. Rejects, in words for the operator, where it cannot run.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = preparePlace(options.dir, options.log)
  const binaries = binariesFor(place, options.binDir)
  await ensureCluster(place, binaries)
  const presence = await attend(place, binaries)
  const stop = async () => {
    if (await presence.leave()) await stopPostmaster(place)
  }
  const password = readFileSync(place.passwordFile, 'utf8')
  try {
    await refuseUnlessDurable(presence.client, place)
    await ensureDatabase(presence.client, password)
  } catch (error) {
    await stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    url: connectionUrl(place, password),
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

function connectionUrl({ socketDirectory }: Place, password: string): string {
  const socket = encodeURIComponent(socketDirectory)
  return `postgresql://${NAME}:${encodeURIComponent(password)}@localhost:${SOCKET_PORT}/${NAME}?host=${socket}`
}

async function refuseUnlessDurable(client: pg.Client, { cluster, socketDirectory }: Place): Promise<void> {
  const { rows } = await client.query(`
    select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
      and current_setting('synchronous_commit') <> 'off' as durable,
      current_setting('data_directory') as directory`)
  if (!rows[0].durable)
    throw new Error('The embedded PostgreSQL runs with settings that lose data in a power cut.')
  if (realpathSync(rows[0].directory) !== cluster) {
    throw new Error(`Another PostgreSQL answers on ${socketDirectory}.`)
  }
}

async function ensureDatabase(client: pg.Client, password: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [SETTING_UP])
  const role = await client.query('select from pg_roles where rolname = $1', [NAME])
  if (role.rowCount === 0) {
    await client.query(`create role ${NAME} login password ${client.escapeLiteral(password)}`)
  }
  const database = await client.query('select from pg_database where datname = $1', [NAME])
  if (database.rowCount === 0) await client.query(`create database ${NAME} owner ${NAME}`)
  await client.query('select pg_advisory_unlock($1)', [SETTING_UP])
}
