import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Problem } from '#lib/problem.ts'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { connect } from '../db/connect.ts'
import { PgBossQueue } from './pg-boss-queue.ts'

interface Payloads {
  check: { id: string }
  count: { id: string }
}
type Handlers = Parameters<PgBossQueue<Payloads>['work']>[1]

const log = pino({ level: 'silent' })
const POLICY = { workers: 2, retryLimit: 3, retryDelaySeconds: 0, expireInSeconds: 60 }
const POLICIES = { check: POLICY, count: POLICY }
/** Polled, not timed: how long a condition may take to come true on a busy machine. */
const SOON = { timeout: 100_000, interval: 25 }

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: ReturnType<typeof connect>
const started: PgBossQueue<Payloads>[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log })
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((queue) => queue.stop()))
  await sql`truncate queue.job`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

async function aQueue(supervise = true, handOverMs?: number): Promise<PgBossQueue<Payloads>> {
  const options = handOverMs === undefined ? {} : { handOverMs }
  const queue = new PgBossQueue<Payloads>({ url: database.url, log, supervise, pollSeconds: 0.5, ...options })
  started.push(queue)
  await queue.start(POLICIES)
  return queue
}

/** Handlers that do what the test sets, and throw when called otherwise. */
const only = (handlers: Partial<Handlers>): Handlers => ({
  check: () => Promise.reject(new Error('unexpected')),
  count: () => Promise.reject(new Error('unexpected')),
  ...handlers,
})

async function jobs(name = 'check') {
  const { rows } = await sql<{ id: string; state: string; attempts: number }>`
    select data->>'id' as id, state::text, retry_count + 1 as attempts
    from queue.job where name = ${name} order by 1`.execute(db)
  return rows
}

test('Processes that start at the same moment make the queues once, and none of them fails', async () => {
  await Promise.all([aQueue(), aQueue(), aQueue(false)])
  const { rows } = await sql`
    select name from queue.queue where not starts_with(name, '__') order by name`.execute(db)
  expect(rows).toEqual([{ name: 'check' }, { name: 'count' }, { name: 'dead-letter' }])
})

test('A job of a transaction that is rolled back never was; one that is committed is there once', async () => {
  const queue = await aQueue(false)
  const enqueueIn = (id: string, end: () => void) =>
    db.transaction().execute(async (tx) => {
      await tx.insertInto('project').values({ name: id }).execute()
      await queue.enqueue(tx, 'check', { id })
      expect(await jobs()).toEqual([])
      end()
    })
  await expect(
    enqueueIn('undone', () => {
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await jobs()).toEqual([])
  await enqueueIn('done', () => {})
  expect(await jobs()).toEqual([{ id: 'done', state: 'created', attempts: 1 }])
})

test('A job whose handler throws is tried again until it succeeds', async () => {
  const queue = await aQueue()
  let tries = 0
  const check = async () => {
    tries++
    if (tries < 3) throw new Error('the disk was away')
  }
  await queue.work(POLICIES, only({ check }))
  await queue.enqueue(db, 'check', { id: 'a' })
  await vi.waitFor(
    async () => expect(await jobs()).toMatchObject([{ state: 'completed', attempts: 3 }]),
    SOON,
  )
  expect(tries).toBe(3)
})

test('A job that failed goes behind those that were not tried yet, however old it is', async () => {
  const queue = await aQueue()
  const tried: string[] = []
  const check = async ({ id }: { id: string }) => {
    tried.push(id)
    if (id.startsWith('dead') && tried.filter((one) => one === id).length < 3)
      throw new Error('the source is away')
  }
  for (const id of ['dead-1', 'dead-2', 'a', 'b', 'c']) await queue.enqueue(db, 'check', { id })
  await queue.work({ ...POLICIES, check: { ...POLICY, workers: 1 } }, only({ check }))
  await vi.waitFor(() => expect(tried).toHaveLength(9), SOON)
  expect(tried).toEqual(['dead-1', 'dead-2', 'a', 'b', 'c', 'dead-1', 'dead-2', 'dead-1', 'dead-2'])
})

test('One group never has all workers, and jobs of a higher priority go first', async () => {
  const producer = await aQueue(false)
  for (const id of ['a1', 'a2', 'a3', 'a4']) await producer.enqueue(db, 'check', { id }, { group: 'a' })
  await producer.enqueue(db, 'check', { id: 'last' }, { group: 'b', priority: -1 })
  const queue = await aQueue()
  const begun: string[] = []
  const leave = Promise.withResolvers<void>()
  const check = async ({ id }: { id: string }) => {
    begun.push(id)
    if (id.startsWith('a')) await leave.promise
  }
  const policy = { ...POLICY, workers: 3, workersPerGroup: 2 }
  await queue.work({ ...POLICIES, check: policy }, only({ check }))
  await vi.waitFor(() => expect(begun).toContain('last'), SOON)
  expect(begun.filter((id) => id.startsWith('a'))).toHaveLength(2)
  leave.resolve()
  await vi.waitFor(() => expect(begun).toHaveLength(5), SOON)
})

test('A job that never succeeds ends in the dead letters after its last retry, with its data', async () => {
  const queue = await aQueue()
  let tries = 0
  const check = async () => {
    tries++
    throw new Error('always')
  }
  await queue.work(POLICIES, only({ check }))
  await queue.enqueue(db, 'check', { id: 'poison' })
  await vi.waitFor(async () => expect(await jobs('dead-letter')).toMatchObject([{ id: 'poison' }]), SOON)
  expect(await jobs()).toMatchObject([{ state: 'failed' }])
  expect(tries).toBe(POLICY.retryLimit + 1)
})

test('A job that is refused by a Problem is final at the first try', async () => {
  const queue = await aQueue()
  let tries = 0
  const check = async () => {
    tries++
    throw new Problem('gone', 'The sample was deleted')
  }
  await queue.work(POLICIES, only({ check }))
  await queue.enqueue(db, 'check', { id: 'refused' })
  await vi.waitFor(async () => expect(await jobs()).toMatchObject([{ state: 'failed', attempts: 1 }]), SOON)
  expect(tries).toBe(1)
})

test('Two processes run many jobs, each of them once', async () => {
  const ids = Array.from({ length: 60 }, (_, i) => `job-${i}`)
  const seen: string[] = []
  const count = async ({ id }: { id: string }) => {
    seen.push(id)
  }
  const producer = await aQueue(false)
  for (const worker of [await aQueue(), await aQueue()]) await worker.work(POLICIES, only({ count }))
  await Promise.all(ids.map((id) => producer.enqueue(db, 'count', { id })))
  await vi.waitFor(async () => {
    const states = (await jobs('count')).map(({ state }) => state)
    expect(states).toEqual(ids.map(() => 'completed'))
  }, SOON)
  expect(seen.sort()).toEqual(ids.sort())
})

test('A backlog is processed without waiting for the poll between two jobs', async () => {
  const producer = await aQueue(false)
  const ids = Array.from({ length: 50 }, (_, i) => `job-${i}`)
  for (const id of ids) await producer.enqueue(db, 'count', { id })
  const slow = new PgBossQueue<Payloads>({ url: database.url, log, supervise: true, pollSeconds: 3_600 })
  started.push(slow)
  await slow.start(POLICIES)
  let done = 0
  const count = async () => {
    done++
  }
  await slow.work({ ...POLICIES, count: { ...POLICY, workers: 1 } }, only({ count }))
  await vi.waitFor(() => expect(done).toBe(50), SOON)
})

test('Only one singleton per key waits; jobs without a key do not affect each other', async () => {
  const queue = await aQueue(false)
  for (const id of ['1', '2']) await queue.enqueue(db, 'check', { id }, { singletonKey: 'same' })
  await queue.enqueue(db, 'check', { id: '3' }, { singletonKey: 'other' })
  for (const id of ['4', '5']) await queue.enqueue(db, 'check', { id })
  expect((await jobs()).map(({ id }) => id)).toEqual(['1', '3', '4', '5'])
})

test('A singleton that is enqueued again while it runs is run again', async () => {
  const queue = await aQueue()
  const entered = Promise.withResolvers<void>()
  const enqueued = Promise.withResolvers<void>()
  const seen: string[] = []
  const check = async ({ id }: { id: string }) => {
    entered.resolve()
    if (id === 'first') await enqueued.promise
    seen.push(id)
  }
  await queue.work(POLICIES, only({ check }))
  await queue.enqueue(db, 'check', { id: 'first' }, { singletonKey: 'same' })
  await entered.promise
  await queue.enqueue(db, 'check', { id: 'second' }, { singletonKey: 'same' })
  enqueued.resolve()
  await vi.waitFor(() => expect(seen.sort()).toEqual(['first', 'second']), SOON)
})

test('Stopping lets a running job finish', async () => {
  const queue = await aQueue()
  const entered = Promise.withResolvers<void>()
  const leave = Promise.withResolvers<void>()
  const check = async () => {
    entered.resolve()
    await leave.promise
  }
  await queue.work(POLICIES, only({ check }))
  await queue.enqueue(db, 'check', { id: 'slow' })
  await entered.promise
  const stopped = queue.stop()
  leave.resolve()
  await stopped
  expect(await jobs()).toMatchObject([{ id: 'slow', state: 'completed' }])
})

test('A job that a stop interrupts is handed over as if it had not been tried', async () => {
  for (const _ of ['one stop', 'another']) {
    const queue = await aQueue(true, 0)
    const entered = Promise.withResolvers<void>()
    const check = (_data: Payloads['check'], signal: AbortSignal) => {
      entered.resolve()
      return new Promise<void>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
    }
    await queue.work(POLICIES, only({ check }))
    if ((await jobs()).length === 0) await queue.enqueue(db, 'check', { id: 'long' })
    await entered.promise
    await queue.stop()
    expect(await jobs()).toMatchObject([{ id: 'long', state: 'retry', attempts: 1 }])
  }
  const next = await aQueue()
  await next.work(POLICIES, only({ check: async () => {} }))
  await vi.waitFor(
    async () => expect(await jobs()).toMatchObject([{ state: 'completed', attempts: 1 }]),
    SOON,
  )
})

test('A job that runs when its process fails counts as tried: it may be what made it fail', async () => {
  const queue = await aQueue(true, 0)
  const entered = Promise.withResolvers<void>()
  const check = (_data: Payloads['check'], signal: AbortSignal) => {
    entered.resolve()
    return new Promise<void>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    )
  }
  await queue.work({ ...POLICIES, check: { ...POLICY, workers: 1, retryDelaySeconds: 60 } }, only({ check }))
  await queue.enqueue(db, 'check', { id: 'fatal' })
  await entered.promise
  await queue.stop({ failed: true })
  const { rows } =
    await sql`select priority < 0 as behind, started_on is not null as tried from queue.job`.execute(db)
  expect(rows).toEqual([{ behind: true, tried: true }])
})

test('Depth counts what waits and what runs, and how long the oldest has been due', async () => {
  const queue = await aQueue(false)
  await queue.enqueue(db, 'check', { id: 'now' })
  await queue.enqueue(db, 'check', { id: 'later' }, { startAfterSeconds: 3_600 })
  await sql`update queue.job set start_after = now() - interval '90 seconds' where data->>'id' = 'now'`.execute(
    db,
  )
  const [check, count] = await queue.depth()
  expect(check).toMatchObject({ name: 'check', waiting: 2, running: 0 })
  expect(check?.oldestSeconds).toBeGreaterThanOrEqual(90)
  expect(count).toEqual({ name: 'count', waiting: 0, running: 0, oldestSeconds: 0 })
})

test('The check passes while jobs can be queued, and fails before the start and after the stop', async () => {
  const early = new PgBossQueue<Payloads>({ url: database.url, log, supervise: false })
  await expect(early.check()).rejects.toThrow()
  const queue = await aQueue(false)
  await queue.check()
  await queue.stop()
  await expect(queue.check()).rejects.toThrow()
})
