import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '#lib/platform/embedded-postgres/location.ts'
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

async function temporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-pg-'))
  chmodSync(directory, 0o755) // as root, the server runs as another user
  const location = { dir: path.join(directory, 'postgres'), log: () => {} }
  const server = await startEmbeddedPostgres(location)
  const { client } = await connectAsSuperuser(prepareLocation(location.dir, location.log))
  await client.query('alter role arraydrop createdb')
  // What survives a crash is shown on servers of their own; this one is deleted.
  await client.query('alter role arraydrop set synchronous_commit = off')
  await client.end()
  return {
    url: server.url,
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
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
