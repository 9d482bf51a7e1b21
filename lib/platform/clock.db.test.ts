import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { advanceTestClock, createClock } from './clock.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'

const log = pino({ level: 'silent' })
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: ReturnType<typeof connect>

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log })
  await migrate({ url: database.url, log })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

test('Every process sees the time that one of them advanced, and so do new rows', async () => {
  const other = connect({ url: database.url, log })
  const before = await createClock(other).now()
  await advanceTestClock(db, 900)
  await advanceTestClock(db, 0.5)
  const after = await createClock(other).now()
  expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(900_500)
  const project = await db
    .insertInto('project')
    .values({ name: 'later' })
    .returning('created')
    .executeTakeFirstOrThrow()
  expect(project.created.getTime()).toBeGreaterThanOrEqual(after.getTime())
  await other.destroy()
})

test('The clock never goes back', async () => {
  await expect(advanceTestClock(db, -1)).rejects.toThrow(RangeError)
  await expect(advanceTestClock(db, Number.NaN)).rejects.toThrow(RangeError)
})

test('An index can be asked what is overdue by this clock', async () => {
  const plan = await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    const overdue = sql`explain select from upload_session where state = 'opened' and deadline < app_now()`
    return overdue.execute(tx)
  })
  expect(JSON.stringify(plan.rows)).toContain('Index Cond: (deadline < app_now())')
})
