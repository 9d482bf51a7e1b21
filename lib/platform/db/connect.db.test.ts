import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { connect } from './connect.ts'
import { prepareStatement } from './prepared-statement.ts'
import type { Schema } from './schema.ts'

const log = pino({ level: 'silent' })
let database: Awaited<ReturnType<typeof createTestDatabase>>
let admin: Kysely<Schema>

beforeAll(async () => {
  database = await createTestDatabase()
  admin = connect({ url: database.url, log })
})
afterAll(async () => {
  await admin.destroy()
  await database.drop()
})

const pidOf = async (db: Kysely<Schema>) => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]!.pid
}

test('A connection lost while idle is logged and replaced, and the process continues', async () => {
  const warn = vi.fn()
  const db = connect({ url: database.url, log: Object.assign(pino({ level: 'silent' }), { warn }) })
  const pid = await pidOf(db)
  await sql`select pg_terminate_backend(${pid})`.execute(admin)
  await vi.waitFor(() => expect(warn).toHaveBeenCalled())
  expect(await pidOf(db)).not.toBe(pid)
  await db.destroy()
})

test('Nothing connects before the first statement, and connections carry the application name', async () => {
  const named = async () => {
    const { rows } = await sql`select pid from pg_stat_activity where application_name = 'by-name'`.execute(
      admin,
    )
    return rows.length
  }
  const db = connect({ url: database.url, log, applicationName: 'by-name' })
  expect(await named()).toBe(0)
  await pidOf(db)
  expect(await named()).toBe(1)
  await db.destroy()
})

test('More statements at once than connections wait for their turn', async () => {
  const db = connect({ url: database.url, log, connectionsMax: 2 })
  const pids = await Promise.all(Array.from({ length: 20 }, () => pidOf(db)))
  expect(new Set(pids).size).toBeLessThanOrEqual(2)
  await db.destroy()
})

test('A prepared statement is parsed once by each connection, and works after a refusal, a change of its table and a loss', async () => {
  const db = connect({ url: database.url, log, connectionsMax: 1 })
  const names = prepareStatement<{ id: number; name: string }>(
    'names for a test',
    'with found as (select * from prepared_test where id = $1::int) select id, name from found',
  )
  const kept = async () => {
    const { rows } = await sql<{ uses: number }>`
      select generic_plans + custom_plans as uses from pg_prepared_statements where name = 'names for a test'`.execute(
      db,
    )
    return rows.map(({ uses }) => uses)
  }
  await sql`create table prepared_test as select 7 as id, 'seven' as name`.execute(admin)
  const seven = [{ id: 7, name: 'seven' }]
  expect(await names(db, [7])).toEqual(seven)
  expect(await db.transaction().execute((tx) => names(tx, [7]))).toEqual(seven)
  await expect(names(db, ['no number'])).rejects.toThrow('invalid input syntax')
  await sql`alter table prepared_test add column later text`.execute(admin)
  expect(await names(db, [7])).toEqual(seven)
  expect(await kept()).toEqual([3])
  await sql`select pg_terminate_backend(${await pidOf(db)})`.execute(admin)
  await vi.waitFor(async () => expect(await names(db, [7])).toEqual(seven))
  expect(await kept()).toEqual([1])
  await db.destroy()
})
