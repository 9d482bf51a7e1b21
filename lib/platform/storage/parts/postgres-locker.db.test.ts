import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { connect } from '../../db/connect.ts'
import { PostgresLocker } from './postgres-locker.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: ReturnType<typeof connect>
/** Two processes, as far as PostgreSQL can tell. */
let here: PostgresLocker
let there: PostgresLocker

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log: pino({ level: 'silent' }) })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})
beforeEach(() => {
  here = new PostgresLocker(database.url)
  there = new PostgresLocker(database.url)
})
afterEach(() => Promise.all([here.close(), there.close()]))

const NEVER = new AbortController().signal

/** Ask for a lock; `told` resolves once the request is asked to let go. */
function ask(locker: PostgresLocker, id: string, signal: AbortSignal = NEVER) {
  const { promise: told, resolve } = Promise.withResolvers<void>()
  const lock = locker.newLock(id)
  const asked = { lock, told, wasTold: false, taken: Promise.resolve() }
  asked.taken = lock.lock(signal, () => {
    asked.wasTold = true
    resolve()
  })
  return asked
}

async function whileHeld(locker: PostgresLocker, id: string, act: () => Promise<void>) {
  const { lock, taken } = ask(locker, id)
  await taken
  try {
    await act()
  } finally {
    await lock.unlock()
  }
}

test('Only one of two processes holds an upload, and the other gets it once it is released', async () => {
  const order: string[] = []
  const first = ask(here, 'u-1')
  await first.taken
  const second = ask(there, 'u-1')
  const secondDone = second.taken.then(() => order.push('second enters'))
  await first.told
  order.push('first leaves')
  await first.lock.unlock()
  await secondDone
  expect(order).toEqual(['first leaves', 'second enters'])
  await second.lock.unlock()
})

test('Many requests in several processes are never at one upload together, and all get their turn', async () => {
  const lockers = [here, there, new PostgresLocker(database.url)]
  let inside = 0
  let turns = 0
  const visits = Array.from({ length: 30 }, (_, i) =>
    whileHeld(lockers[i % 3]!, 'u-busy', async () => {
      expect(++inside).toBe(1)
      await nextTurn()
      turns++
      inside--
    }),
  )
  await Promise.all(visits)
  expect(turns).toBe(30)
  await lockers[2]!.close()
})

test('Different uploads do not wait for each other, and share one connection', async () => {
  const held = Array.from({ length: 40 }, (_, i) => ask(here, `u-many-${i}`))
  await Promise.all(held.map(({ taken }) => taken))
  const { rows } = await sql<{ pids: number }>`
    select count(distinct pid)::int as pids from pg_locks
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  expect(rows).toEqual([{ pids: 1 }])
  await Promise.all(held.map(({ lock }) => lock.unlock()))
})

test('A holder is asked to let go by a request of its own process too', async () => {
  const first = ask(here, 'u-2')
  await first.taken
  const second = ask(here, 'u-2')
  await first.told
  await first.lock.unlock()
  await second.taken
  await second.lock.unlock()
})

test('A request that only waits is not told to let go before it has the lock', async () => {
  const holder = ask(here, 'u-3')
  await holder.taken
  const waiting = ask(there, 'u-3')
  // The holder has heard of it, so it waits in PostgreSQL and not on its way there.
  await holder.told
  const behind = ask(there, 'u-3')
  const elsewhere = ask(here, 'u-3')
  await nextTurn()
  expect(waiting.wasTold).toBe(false)
  await holder.lock.unlock()
  const visits = [waiting, behind, elsewhere].map(async ({ taken, lock }) => {
    await taken
    await lock.unlock()
  })
  await Promise.all(visits)
})

test('What was wished while a request waited is passed on when it has the lock', async () => {
  const holder = ask(here, 'u-4')
  await holder.taken
  const waiting = ask(there, 'u-4')
  await holder.told
  const behind = ask(there, 'u-4')
  await holder.lock.unlock()
  await waiting.taken
  await waiting.told
  await waiting.lock.unlock()
  await behind.taken
  await behind.lock.unlock()
})

test('A request that waits too long or disconnects gives up and blocks no other', async () => {
  const impatient = new PostgresLocker(database.url, { waitMs: 120 })
  const holder = ask(here, 'u-5')
  await holder.taken
  await expect(ask(impatient, 'u-5').taken).rejects.toMatchObject({ status_code: 500 })
  const gone = new AbortController()
  const leaver = ask(there, 'u-5', gone.signal)
  gone.abort()
  await expect(leaver.taken).rejects.toMatchObject({ status_code: 500 })
  const sameProcess = new AbortController()
  const behind = ask(here, 'u-5', sameProcess.signal)
  sameProcess.abort()
  await expect(behind.taken).rejects.toMatchObject({ status_code: 500 })
  await holder.lock.unlock()
  await whileHeld(there, 'u-5', async () => {})
  await whileHeld(impatient, 'u-5', async () => {})
  await impatient.close()
})

test('When the connection is lost the holder is told, another process gets the lock, and locking goes on', async () => {
  const holder = ask(here, 'u-6')
  await holder.taken
  const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'arraydrop-locks' and datname = current_database()`.execute(db)
  expect(rows.length).toBeGreaterThan(0)
  await holder.told
  await whileHeld(there, 'u-6', async () => {})
  await holder.lock.unlock()
  await whileHeld(here, 'u-6', async () => {})
})

test('After close a process holds no lock any more', async () => {
  const left = ask(here, 'u-7')
  await left.taken
  await here.close()
  await whileHeld(there, 'u-7', async () => {})
})

test('Any id can be locked, however long and whatever it holds', async () => {
  for (const id of ['', 'x'.repeat(20_000), "'; drop table sample; --", 'ü\u0001']) {
    await whileHeld(here, id, async () => {})
  }
})
