import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { connect } from '#lib/platform/db/connect.ts'
import { MIGRATIONS, migrate } from '#lib/platform/db/migrate.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { chainAudit } from './chain-audit.ts'
import { recordAudit } from './record-audit.ts'
import { verifyAudit } from './verify-audit.ts'

const log = pino({ level: 'silent' })
const ROWS = process.env.ARRAYDROP_TORTURE ? 1_000_000 : 3_000
const BATCH = 1_000

/** What replicas of earlier releases do with the trail, each in its own way. */
const OLD_REPLICAS: ((db: Kysely<Schema>) => Promise<unknown>)[] = [
  // 0.1.0 chains an entry as it comes.
  (db) =>
    sql`insert into audit_entry (actor_kind, action, targets) values ('system', 'user.create', '{}')`.execute(
      db,
    ),
  // Later ones let entries wait.
  async (db) => {
    await recordAudit(db, { by: { kind: 'system' }, action: 'sample.delete', projectId: null, targets: [] })
    await chainAudit({ db })
  },
  (db) =>
    sql`select * from audit_entry where action = 'sample.delete' order by seq desc limit 26`.execute(db),
  (db) => sql`select count(*) from (select 1 from audit_entry limit 10001) page`.execute(db),
]

test('A trail with rows becomes one of months while old replicas go on with it, and loses nothing', async () => {
  const database = await createTestDatabase()
  const db = connect({ url: database.url, log })
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  const before = Object.entries(MIGRATIONS).filter(([name]) => name < '0059')
  await migrate({ url: database.url, log }, { migrations: Object.fromEntries(before) })
  for (let rows = 0; rows < ROWS; rows += BATCH) {
    await sql`insert into audit_waiting (actor_kind, action, targets)
      select 'system', 'sample.delete', array[gen_random_uuid()] from generate_series(1, ${sql.lit(BATCH)})`.execute(
      db,
    )
    await sql`select audit_chain_waiting(${BATCH})`.execute(db)
  }
  const { rows: indexes } = await sql`select oid, relfilenode from pg_class
    where relname ~ '^audit_entry' and relkind in ('r', 'i') order by oid`.execute(db)

  let running = true
  let done = 0
  const traffic = OLD_REPLICAS.map(async (act) => {
    while (running) {
      await act(db)
      done++
    }
  })
  const until = done + 20
  await expect.poll(() => done, { timeout: 60_000, interval: 5 }).toBeGreaterThan(until)
  await migrate({ url: database.url, log }, { lockWaitMs: 200, retryMs: 20 })
  const after = done + 20
  await expect.poll(() => done, { timeout: 60_000, interval: 5 }).toBeGreaterThan(after)
  running = false
  await Promise.all(traffic)

  await chainAudit({ db })
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from audit_entry`.execute(db)
  expect(counted[0]!.n).toBeGreaterThan(ROWS + 10)
  expect(await verifyAudit({ db })).toMatchObject({ ok: true, entries: counted[0]!.n, waiting: 0 })
  // The table of before is a partition as it was: no row and no index was written anew.
  const { rows: kept } = await sql`select oid, relfilenode from pg_class
    where oid = any(${(indexes as { oid: number }[]).map(({ oid }) => oid)}) order by oid`.execute(db)
  expect(kept).toEqual(indexes)
  // It was attached without being read: what it must hold had been checked while others wrote.
  const { rows: checked } = await sql`select convalidated from pg_constraint
    where conname = 'audit_entry_first_months'`.execute(db)
  expect(checked).toEqual([{ convalidated: true }])
  const { rows: unmatched } = await sql`select from pg_class index
    where relkind = 'I' and relname ~ '^audit_trail_' and not exists (
      select from pg_inherits join pg_class own on own.oid = inhrelid
       where inhparent = index.oid and own.relname ~ '^audit_entry_(of|by)_')`.execute(db)
  expect(unmatched).toEqual([])
  await db.destroy()
  await database.drop()
}, 1_200_000)
