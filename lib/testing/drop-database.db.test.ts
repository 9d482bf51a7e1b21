import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '#lib/platform/embedded-postgres/location.ts'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { dropDatabase } from './drop-database.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-drop-'))
const location = { dir: path.join(directory, 'postgres'), log: () => {} }
let server: EmbeddedPostgres
let superuser: pg.Client
let client: pg.Client

beforeAll(async () => {
  chmodSync(directory, 0o755) // as root, the server runs as another user
  server = await startEmbeddedPostgres(location)
  superuser = (await connectAsSuperuser(prepareLocation(location.dir, location.log))).client
  await superuser.query('alter role arraydrop createdb')
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
}, 120_000)

afterAll(async () => {
  await client.end()
  await superuser.end()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

const urlOf = (database: string): string => {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

test('a database is dropped while connections of the same role are open in it', async () => {
  await client.query('create database left_open')
  const left = new pg.Client({ connectionString: urlOf('left_open') })
  left.on('error', () => {})
  await left.connect()

  await dropDatabase(client, 'left_open')

  expect((await client.query("select from pg_database where datname = 'left_open'")).rowCount).toBe(0)
})

test('a database is dropped while autovacuum works in it', { timeout: 120_000 }, async () => {
  await client.query('create database vacuumed')
  const filling = new pg.Client({ connectionString: urlOf('vacuumed') })
  await filling.connect()
  await filling.query('create table dead (id integer)')
  await filling.query('insert into dead select generate_series(1, 300000)')
  await filling.query('delete from dead')
  await filling.end()
  // Autovacuum begins within seconds, and is slow enough to be met.
  await superuser.query('alter system set autovacuum_naptime = 1')
  await superuser.query('alter system set autovacuum_vacuum_cost_delay = 100')
  await superuser.query('alter system set autovacuum_vacuum_cost_limit = 1')
  await superuser.query('select pg_reload_conf()')
  const atWork = `select from pg_stat_activity where datname = 'vacuumed' and backend_type = 'autovacuum worker'`
  await vi.waitFor(async () => expect((await superuser.query(atWork)).rowCount).toBe(1), {
    timeout: 90_000,
    interval: 50,
  })
  await expect(client.query('drop database vacuumed with (force)')).rejects.toThrow(/permission denied/)

  await dropDatabase(client, 'vacuumed')

  expect((await client.query("select from pg_database where datname = 'vacuumed'")).rowCount).toBe(0)
})
