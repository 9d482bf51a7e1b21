import { readFileSync, realpathSync } from 'node:fs'
import type pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'
import { ensureCluster } from './cluster.ts'
import { holdServer } from './hold-server.ts'
import { binariesFor, type ClusterLocation, prepareLocation, SOCKET_PORT } from './location.ts'
import { stopPostmaster } from './postmaster.ts'

/** The database, and the ordinary role that the application connects as. */
const NAME = 'arraydrop'
/** Advisory lock: one process at a time makes role and database. */
const SETTING_UP = 48_611

export interface EmbeddedPostgresOptions {
  /** Holds all files of this database; created when missing. Only one machine may use it at a time. */
  dir: string
  /** PostgreSQL's programs to run instead of the bundled ones; the same major version. */
  binDir?: string | undefined
  /** Memory that it plans for when it is started; the least unless given. */
  megabytes?: number
  log: (line: string) => void
}

export interface EmbeddedPostgres {
  /** An ordinary connection URL. It holds a password: never log it. */
  url: string
  /** Stop using the server; the last process to do so stops it. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Real PostgreSQL as a private child, on a socket that only this user reaches. One server per directory, however many
 * processes start it at once; a crash or a power cut is recovered from automatically; every acknowledged
 * commit is on disk. Rejects, in words for the operator, where it cannot run.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const location = prepareLocation(options.dir, options.log, options.megabytes)
  const binaries = binariesFor(location, options.binDir)
  await ensureCluster(location, binaries)
  const hold = await holdServer(location, binaries)
  const stop = async () => {
    if (await hold.leave()) await stopPostmaster(location)
  }
  const password = readFileSync(location.passwordFile, 'utf8')
  try {
    await refuseUnlessDurable(hold.client, location)
    await ensureDatabase(hold.client, password)
  } catch (error) {
    await stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    url: connectionUrl(location, password),
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

function connectionUrl({ socketDirectory }: ClusterLocation, password: string): string {
  const socket = encodeURIComponent(socketDirectory)
  return `postgresql://${NAME}:${encodeURIComponent(password)}@localhost:${SOCKET_PORT}/${NAME}?host=${socket}`
}

async function refuseUnlessDurable(
  client: pg.Client,
  { cluster, socketDirectory }: ClusterLocation,
): Promise<void> {
  const { rows } = await client.query(`
    select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
      and current_setting('synchronous_commit') <> 'off' as durable,
      current_setting('data_directory') as directory`)
  if (!rows[0].durable)
    throw new StartRefusal('The embedded PostgreSQL runs with settings that lose data in a power cut.')
  if (realpathSync(rows[0].directory) !== cluster) {
    throw new StartRefusal(`Another PostgreSQL is listening on ${socketDirectory}.`)
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
