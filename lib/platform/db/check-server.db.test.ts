import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { pgbouncerHere, startPgbouncer } from '#lib/testing/pgbouncer-for-tests.ts'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { PgBossQueue } from '../queue/pg-boss-queue.ts'
import { PostgresLocker } from '../storage/parts/postgres-locker.ts'
import { checkServer } from './check-server.ts'
import { connect } from './connect.ts'
import { migrate } from './migrate.ts'
import { prepareStatement } from './prepared-statement.ts'

const log = pino({ level: 'silent' })
const NEVER = new AbortController().signal

let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

const check = (url: string) => checkServer({ url, log, waitMs: 0 })

test('A database of its own, on the server itself, is accepted', async () => {
  await expect(check(database.url)).resolves.toBeUndefined()
})

test('A database that is not there, or cannot hold every name, is refused with what to do', async () => {
  const url = new URL(database.url)
  url.pathname = '/nowhere'
  await expect(check(url.href)).rejects.toThrow('does not exist: create it first')
  const name = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`)
  url.pathname = `/${name}`
  await expect(check(url.href)).rejects.toThrow(/has the encoding LATIN1.*create it with ENCODING 'UTF8'/)
})

test('A server that is too old is refused with what to do', async () => {
  const name = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} encoding 'UTF8' template template0`)
  const url = new URL(database.url)
  url.pathname = `/${name}`
  const old = new pg.Client({ connectionString: url.href })
  await old.connect()
  try {
    // No package has an old server: this one says that it is one, to a question that does not name the schema.
    await old.query(`create schema old`)
    await old.query(`create function old.current_setting(text) returns text language sql as $$
      select case $1 when 'server_version_num' then '140012' else pg_catalog.current_setting($1) end $$`)
    await old.query(`alter database ${name} set search_path = old, pg_catalog, public`)
    await expect(check(url.href)).rejects.toThrow(
      /^The database server is PostgreSQL 14, but 15 or newer is needed: upgrade it, or move the database/,
    )
  } finally {
    await old.end()
  }
})

test('A standby or read-only server, and a missing password, are refused with what to do', async () => {
  const name = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} encoding 'UTF8' template template0`)
  const url = new URL(database.url)
  url.pathname = `/${name}`
  await admin.query(`alter database ${name} set default_transaction_read_only = on`)
  await expect(check(url.href)).rejects.toThrow(
    /^The database server .* standby or read-only.*name the primary/,
  )
  await expect(migrate({ url: url.href, log })).rejects.toThrow(/standby or read-only/)
  url.password = ''
  await expect(check(url.href)).rejects.toThrow(/^The database server asks for a password/)
})

test('A role that may not create what the service needs is refused with the statement that lets it', async () => {
  const role = new URL(database.url).username
  const name = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} encoding 'UTF8' template template0`)
  const url = new URL(database.url)
  url.pathname = `/${name}`
  const owner = new pg.Client({ connectionString: url.href })
  await owner.connect()
  try {
    await expect(check(url.href)).resolves.toBeUndefined()
    await owner.query('revoke create on schema public from pg_database_owner')
    await expect(check(url.href)).rejects.toThrow(
      `may not create tables: run GRANT USAGE, CREATE ON SCHEMA public TO "${role}"`,
    )
    await owner.query(`revoke create on database ${name} from ${role}`)
    await expect(check(url.href)).rejects.toThrow(
      `may not create schemas: run GRANT CREATE ON DATABASE "${name}" TO "${role}"`,
    )
  } finally {
    await owner.end()
  }
})

test('Clocks that differ are logged, with by how much', async () => {
  const warn = vi.fn()
  const options = { url: database.url, log: Object.assign(pino({ level: 'silent' }), { warn }), waitMs: 0 }
  await checkServer(options)
  expect(warn).not.toHaveBeenCalled()
  const { now } = Date
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => now() + 600_000)
  await checkServer(options)
  ahead.mockRestore()
  expect(warn).toHaveBeenCalledWith({ seconds: -600 }, expect.stringContaining('Synchronise both by NTP'))
})

test('A database that is not there yet is waited for, and the log says so', async () => {
  const warn = vi.fn()
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  const waiting = checkServer({
    url: `postgres://a@127.0.0.1:${port}/a`,
    log: Object.assign(pino({ level: 'silent' }), { warn }),
    waitMs: 1_500,
  })
  await expect(waiting).rejects.toThrow('ECONNREFUSED')
  expect(warn).toHaveBeenCalledWith(expect.anything(), expect.stringContaining('cannot be reached yet'))
})

describe.skipIf(!pgbouncerHere)('PgBouncer', () => {
  test('PgBouncer: pooling sessions, it carries queries with their limits, jobs and upload locks', async () => {
    const pooler = await startPgbouncer(database.url, 'session')
    const db = connect({ url: pooler.url, log })
    const [here, there] = [new PostgresLocker(pooler.url), new PostgresLocker(pooler.url)]
    const queue = new PgBossQueue<{ once: { n: number } }>({ url: pooler.url, log, supervise: true })
    try {
      await check(pooler.url)
      const { rows } = await sql<{
        limit: string
      }>`select current_setting('statement_timeout') as limit`.execute(db)
      expect(rows).toEqual([{ limit: '30s' }])

      // The connection of the one that has gone goes to the next, which knows nothing of what was prepared there.
      const add = prepareStatement<{ sum: number }>('add', 'select $1::int + $2::int as sum')
      const gone = connect({ url: pooler.url, log, connectionsMax: 1 })
      for (const client of [gone, db]) {
        expect([await add(client, [1, 2]), await add(client, [2, 3])]).toEqual([[{ sum: 3 }], [{ sum: 5 }]])
        if (client === gone) await gone.destroy()
      }

      const wanted = vi.fn()
      const held = here.newLock('a')
      await held.lock(NEVER, wanted)
      const asking = there.newLock('a').lock(NEVER, () => {})
      await vi.waitFor(() => expect(wanted).toHaveBeenCalled(), 10_000)
      await held.unlock()
      await asking

      const done = vi.fn()
      const policies = { once: { workers: 1, retryLimit: 0, retryDelaySeconds: 0, expireInSeconds: 60 } }
      await queue.start(policies)
      await queue.work(policies, { once: async ({ n }) => done(n) })
      await queue.enqueue(db, 'once', { n: 7 })
      await vi.waitFor(() => expect(done).toHaveBeenCalledWith(7), 30_000)
    } finally {
      await queue.stop()
      await Promise.all([here.close(), there.close()])
      await db.destroy()
      await pooler.stop()
    }
  })

  test.each(['transaction', 'statement'] as const)(
    'PgBouncer: pooling by %s is refused with what to do',
    async (mode) => {
      const pooler = await startPgbouncer(database.url, mode)
      await expect(check(pooler.url)).rejects.toThrow(
        /locks and notifications are lost: set pool_mode=session/,
      )
      await pooler.stop()
    },
  )
})
