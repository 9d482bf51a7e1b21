import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import { connect } from './connect.ts'
import { isOutage } from './is-outage.ts'
import type { Schema } from './schema.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
let db: Kysely<Schema>

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const thrownBy = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => expect.fail('it went well'),
    (error: unknown) => error,
  )

/** Ends the backend of the transaction, and waits until its client has noticed. */
async function endBackend(tx: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  await sql`select pg_terminate_backend(${rows[0]!.pid}, 10000)`.execute(db)
}

test('A connection that is lost inside a transaction is an outage, and does not end the process', async () => {
  const other = connect({ url: database.url, log })
  const thrown = await thrownBy(
    other.transaction().execute(async (tx) => {
      await endBackend(tx)
      for (let n = 0; n < 100; n++) await sql`select 1`.execute(tx)
    }),
  )
  expect(isOutage(thrown)).toBe(true)
  // The pool has replaced it.
  expect((await sql`select 1 as one`.execute(other)).rows).toEqual([{ one: 1 }])
  await other.destroy()
})

test('A server that cannot be reached is an outage', async () => {
  const nowhere = connect({ url: 'postgres://x@127.0.0.1:1/x', log })
  expect(isOutage(await thrownBy(sql`select 1`.execute(nowhere)))).toBe(true)
  await nowhere.destroy()
})

test('A statement that timed out is an outage; one that is wrong is not', async () => {
  const slow = db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = '1ms'`.execute(tx)
    await sql`select pg_sleep(10)`.execute(tx)
  })
  expect(isOutage(await thrownBy(slow))).toBe(true)
  for (const wrong of [sql`select nothing`, sql`select 'x'::uuid`, sql`select ${'\0'}::text`]) {
    expect(isOutage(await thrownBy(wrong.execute(db)))).toBe(false)
  }
})
