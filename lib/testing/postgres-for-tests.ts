import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { BARE_ENVIRONMENT } from '#lib/platform/embedded-postgres/cluster.ts'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import {
  binariesFor,
  type ClusterLocation,
  prepareLocation,
  SOCKET_PORT,
} from '#lib/platform/embedded-postgres/location.ts'
import { stopPostmaster } from '#lib/platform/embedded-postgres/postmaster.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { dropDatabase } from './drop-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A role that may create databases. */
    postgresUrl: string
    /** Begins the name of every database of this run. */
    databasePrefix: string
  }
}

/**
 * One real PostgreSQL for the whole run: the server of TEST_DATABASE_URL, whose role must be allowed to create
 * databases, or an embedded one that leaves nothing behind.
 */
export default async function postgresForTests(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `arraydrop_test_${randomBytes(6).toString('hex')}`
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await temporaryPostgres()
  project.provide('postgresUrl', server.url)
  project.provide('databasePrefix', prefix)
  return async () => {
    await dropDatabases(server.url, prefix)
    await server.stop()
  }
}

/**
 * What survives a crash is shown on servers of their own. This one is deleted, so that nothing waits for a disk, and a
 * database is copied as files (`createTestDatabase`) rather than through the log, for a fifth of the processor time.
 */
const FORGETFUL = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
const START_MS_MAX = 60_000

async function temporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-pg-'))
  chmodSync(directory, 0o755) // as root, the server runs as another user
  const options = { dir: path.join(directory, 'postgres'), log: () => {} }
  const durable = await startEmbeddedPostgres(options)
  const location = prepareLocation(options.dir, options.log)
  const { client } = await connectAsSuperuser(location)
  await client.query('alter role arraydrop createdb')
  await client.end()
  await durable.stop()
  await startForgetful(location)
  return {
    url: durable.url,
    async stop() {
      await stopPostmaster(location)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The same cluster, reached in the same way. Resolves once it answers. */
async function startForgetful(location: ClusterLocation): Promise<void> {
  const settings = {
    listen_addresses: '',
    port: SOCKET_PORT,
    unix_socket_directories: location.socketDirectory,
    cluster_name: location.clusterName,
    timezone: 'UTC',
    ...FORGETFUL,
  }
  const server = spawn(
    binariesFor(location, undefined).postgres,
    [
      '-D',
      location.cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...location.user, cwd: location.cluster, detached: true, stdio: 'ignore', env: BARE_ENVIRONMENT },
  )
  server.unref()
  const deadline = performance.now() + START_MS_MAX
  for (;;) {
    try {
      const { client } = await connectAsSuperuser(location)
      return await client.end()
    } catch (error) {
      if (server.exitCode !== null || performance.now() > deadline) throw error
      await delay(20)
    }
  }
}

/** Drops the template, and the databases of test files that crashed. */
async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
    prefix,
  ])
  for (const { datname } of rows) await dropDatabase(client, datname)
  await client.end()
}
