import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Selectable, sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#lib/testing/test-database.ts'
import { connect } from './connect.ts'
import { migrate } from './migrate.ts'
import { createIndexOnline, fillOnline, type Migration } from './migration.ts'
import type { Schema } from './schema.ts'

const log = pino({ level: 'silent' })
const NOW = new Date('2026-01-01T00:00:00Z')
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: ReturnType<typeof connect>
/** What migrating an empty database sent, in order. */
let statements: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log })
  await migrate({ url: database.url, log })
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

async function aProject(isArrayDefault = false): Promise<string> {
  const row = { name: 'demo', is_array_default: isArrayDefault }
  return (await db.insertInto('project').values(row).returning('id').executeTakeFirstOrThrow()).id
}

async function aSample(
  projectId: string,
  status: Schema['sample']['status'] = 'consumer awaiting data',
): Promise<string> {
  const row = {
    project_id: projectId,
    client_id: 'c-1',
    status,
    status_id: crypto.randomUUID(),
    status_at: NOW,
    metadata: JSON.stringify({ clinic: 'Blue Harbour' }),
  }
  return (await db.insertInto('sample').values(row).returning('id').executeTakeFirstOrThrow()).id
}

const anUpload = (sampleId: string, id: string, state: Selectable<Schema['upload']>['state']) =>
  db.insertInto('upload').values({
    id,
    sample_id: sampleId,
    state,
    sha256: '0'.repeat(64),
    size: 2 ** 40,
    storage_key: state === 'accepted' ? `samples/${id}` : null,
  })

/**
 * Statements that wait for a lock as long as it takes, and make everybody wait who comes after them; and those that give
 * up soon although nobody waits for them, by which a backup of an hour would keep a release from its start.
 */
function wronglyPatientOf(sent: readonly string[]): string[] {
  const harmless =
    /^\s*(set|select|insert|update|delete|with|begin|commit|create (unique )?index concurrently|drop index concurrently)\b/i
  let patient = false
  return sent.filter((statement) => {
    const text = statement.replaceAll(/\s+/g, ' ')
    if (/^set lock_timeout = \d/.test(text)) patient = text.endsWith(' 0')
    if (text.includes("set_config('lock_timeout'")) patient = false
    return patient ? !harmless.test(text) : /\bindex concurrently\b/i.test(text)
  })
}

test('Replicas that start at the same moment migrate an empty database once, and none of them fails', async () => {
  await sql`drop schema public cascade`.execute(db)
  await sql`create schema public`.execute(db)
  const sent = vi.spyOn(pg.Client.prototype, 'query')
  const replicas = [1, 2, 3].map(() => migrate({ url: database.url, log }))
  const outcomes = await Promise.allSettled(replicas)
  statements = sent.mock.calls.map(([query]: unknown[]) =>
    typeof query === 'string' ? query : (query as pg.QueryConfig).text,
  )
  sent.mockRestore()
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  const { rows } = await sql`select name from kysely_migration order by name`.execute(db)
  expect(rows.length).toBeGreaterThan(2)
  expect(rows[0]).toEqual({ name: '0001-first' })
  expect(await db.selectFrom('clock').select('offset_seconds').execute()).toEqual([{ offset_seconds: 0 }])
})

test('Migrations wait without end for what nobody queues up behind, and for nothing else', () => {
  expect(wronglyPatientOf(['set lock_timeout = 0', 'alter table run add column n int'])).toHaveLength(1)
  expect(wronglyPatientOf(['set lock_timeout = 2000', 'drop index concurrently one'])).toHaveLength(1)
  expect(statements.filter((text) => text === 'set lock_timeout = 0').length).toBeGreaterThan(10)
  expect(
    statements.some((text) => text.startsWith('alter table run add column if not exists superseded')),
  ).toBe(true)
  expect(wronglyPatientOf(statements)).toEqual([])
})

describe('While a migration runs', () => {
  const fill: Migration = {
    online: true,
    async up(one) {
      await fillOnline(one, 'grown', {
        set: 'set doubled = 2 * n from one where true',
        unset: 'doubled is null',
      })
      await createIndexOnline(one, 'grown_by_double', 'on grown (doubled)')
    },
  }
  const widen: Migration = {
    up: async (one) => void (await sql`alter table grown add column doubled bigint`.execute(one)),
  }
  const rowsMax = process.env.ARRAYDROP_TORTURE ? 1_000_000 : 20_000

  test('old replicas read and write, and rows they add meanwhile are filled, too', async () => {
    await sql`create table grown (id serial primary key, n bigint not null)`.execute(db)
    await sql`create table one as select 1`.execute(db)
    await sql`insert into grown (n) select n from generate_series(1, ${sql.lit(rowsMax)}) n`.execute(db)
    let running = true
    let written = 0
    const traffic = (async () => {
      while (running) {
        await sql`insert into grown (n) values (7)`.execute(db)
        await sql`update grown set n = n + 1 where id = ${(written % rowsMax) + 1}`.execute(db)
        await sql`select n from grown where id = ${written + 1}`.execute(db)
        written++
      }
    })()
    // A report that reads for a long time holds the table: nobody may queue up behind the statement that waits for it.
    const report = connect({ url: database.url, log })
    const waits = vi.fn()
    let migrated: Promise<void> | undefined
    await report.transaction().execute(async (tx) => {
      await sql`select count(*) from grown`.execute(tx)
      migrated = migrate(
        { url: database.url, log: Object.assign(pino({ level: 'silent' }), { warn: waits }) },
        { migrations: { '9000-widen': widen, '9001-fill': fill }, lockWaitMs: 20, retryMs: 20 },
      )
      await vi.waitFor(() => expect(waits.mock.calls.length).toBeGreaterThan(3), { timeout: 30_000 })
      const before = written
      await vi.waitFor(() => expect(written).toBeGreaterThan(before + 3), { timeout: 30_000 })
    })
    await migrated
    running = false
    await traffic
    await report.destroy()
    // Filled by the migration; those after it have no trigger here.
    const { rows } = await sql<{ late: number; early: number }>`
      select count(*) filter (where id > ${rowsMax})::int as late,
             count(*) filter (where id <= ${rowsMax} and doubled is null)::int as early
        from grown where doubled is null`.execute(db)
    expect(rows[0]!.early).toBe(0)
    expect(rows[0]!.late).toBeLessThan(written)
  })

  test('its online steps, too, let the others pass while a table is not free', async () => {
    const mark: Migration = {
      online: true,
      async up(one) {
        await createIndexOnline(one, 'passed_by_n', 'on passed (n)')
        await sql`alter table passed add column if not exists marked boolean not null default false`.execute(
          one,
        )
      },
    }
    await sql`create table passed (n int)`.execute(db)
    const waits = vi.fn()
    const warned = Object.assign(pino({ level: 'silent' }), { warn: waits })
    const report = connect({ url: database.url, log })
    const { migrated } = await report.transaction().execute(async (tx) => {
      await sql`select count(*) from passed`.execute(tx)
      await db.transaction().execute((old) => sql`insert into passed values (1)`.execute(old))
      const migrated = migrate(
        { url: database.url, log: warned },
        { migrations: { '9004-mark': mark }, lockWaitMs: 20, retryMs: 20 },
      )
      await vi.waitFor(() => expect(waits.mock.calls.length).toBeGreaterThan(1), { timeout: 30_000 })
      await sql`insert into passed values (2)`.execute(db)
      return { migrated }
    })
    await migrated
    await report.destroy()
    expect((await sql`select marked from passed`.execute(db)).rows).toEqual([
      { marked: false },
      { marked: false },
    ])
  })

  test('an index that a broken-off attempt left unusable is built again', async () => {
    await sql`insert into grown (n, doubled) values (1, 5), (2, 5)`.execute(db)
    const unique: Migration = {
      online: true,
      up: (one) => createIndexOnline(one, 'grown_once', 'on grown (doubled)'),
    }
    await expect(
      sql`create unique index concurrently grown_once on grown (doubled)`.execute(db),
    ).rejects.toThrow()
    const state = () =>
      sql<{
        valid: boolean
      }>`select indisvalid as valid from pg_index where indexrelid = 'grown_once'::regclass`
        .execute(db)
        .then(({ rows }) => rows)
    expect(await state()).toEqual([{ valid: false }])
    await migrate({ url: database.url, log }, { migrations: { '9002-unique': unique } })
    expect(await state()).toEqual([{ valid: true }])
  })

  test('one that fails is not recorded, leaves nothing of itself, and stops the start with its cause', async () => {
    const broken: Migration = {
      async up(one) {
        await sql`create table half (id int)`.execute(one)
        await sql`select 1 / 0`.execute(one)
      },
    }
    const start = () => migrate({ url: database.url, log }, { migrations: { '9003-broken': broken } })
    for (const _twice of [1, 2]) {
      await expect(start()).rejects.toMatchObject({ cause: { message: 'division by zero' } })
    }
    const { rows } = await sql<{ half: string | null }>`select to_regclass('half') as half`.execute(db)
    expect(rows).toEqual([{ half: null }])
  })
})

test('An old replica starts on a database that a newer release only added to, and refuses any other', async () => {
  const newer = await createTestDatabase()
  const other = connect({ url: newer.url, log })
  const start = () => migrate({ url: newer.url, log })
  await start()
  await sql`insert into kysely_migration values ('9998-adds-something', '2026')`.execute(other)
  await expect(start()).resolves.toBeUndefined()
  await sql`insert into kysely_migration values ('9999-takes-something-contract', '2026')`.execute(other)
  await expect(start()).rejects.toThrow('newer release')
  await other.destroy()
  await newer.drop()
})

/** These stood before anything was released. */
const LAST_BEFORE_RELEASE = '0008-erasure-and-audit.ts'

test('A migration that removes something says so in its name', () => {
  const directory = path.join(import.meta.dirname, 'migrations')
  const takesAway = /\b(drop (table|column)|rename (to|column)|dropTable|dropColumn|renameTo|renameColumn)\b/i
  const later = readdirSync(directory).filter((name) => name > LAST_BEFORE_RELEASE)
  const read = (name: string) => readFileSync(path.join(directory, name), 'utf8')
  /** A table under another name is not gone where a view has its old one, or a table that it becomes a part of. */
  const withoutViewed = (text: string) =>
    text.replaceAll(/alter table (\w+) rename to [\w%]+/g, (renamed, table: string) =>
      text.includes(`create view ${table} as`) || text.includes(`alter table ${table} attach partition`)
        ? ''
        : renamed,
    )
  const silent = later.filter(
    (name) => !name.includes('-contract') && takesAway.test(withoutViewed(read(name))),
  )
  expect(takesAway.test(read('0005-people.ts'))).toBe(true)
  expect(takesAway.test(withoutViewed('alter table sample rename to specimen'))).toBe(true)
  expect(silent).toEqual([])
})

test('Only the states that the design lists can be stored', async () => {
  const sample = await aSample(await aProject())
  await expect(aSample(await aProject(), 'done' as 'failed')).rejects.toThrow('sample_status_check')
  await expect(anUpload(sample, 'u-bad', 'lost' as 'rejected').execute()).rejects.toThrow(
    'upload_state_check',
  )
  await expect(
    db
      .insertInto('run')
      .values({ sample_id: sample, state: 'resting' as 'queued', input: '{}' })
      .execute(),
  ).rejects.toThrow('run_state_check')
  const session = { sample_id: sample, jti: 'j-1', link_expires_at: NOW }
  await expect(
    db
      .insertInto('upload_session')
      .values({ ...session, state: 'lost' as 'expired' })
      .execute(),
  ).rejects.toThrow('upload_session_state_check')
  await expect(
    db
      .insertInto('upload_session')
      .values({ ...session, state: 'opened' })
      .execute(),
  ).rejects.toThrow('upload_session_check')
})

test('A sample never has two accepted files, whatever code writes them', async () => {
  const sample = await aSample(await aProject())
  await anUpload(sample, 'u-1', 'accepted').execute()
  await anUpload(sample, 'u-2', 'rejected').execute()
  await expect(anUpload(sample, 'u-3', 'accepted').execute()).rejects.toThrow('upload_one_accepted')
})

test('At most one project is the default for array data', async () => {
  await aProject(true)
  await expect(aProject(true)).rejects.toThrow('project_one_array_default')
})

test('A deleted project leaves nothing behind, not even a key that would then see every project', async () => {
  const project = await aProject()
  const sample = await aSample(project)
  await anUpload(sample, 'u-9', 'receiving').execute()
  const { id: run } = await db
    .insertInto('run')
    .values({ sample_id: sample, state: 'queued', input: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('sample').set({ run_id: run }).where('id', '=', sample).execute()
  const key = {
    name: 'k',
    prefix: 'p-9',
    hash: Buffer.alloc(32),
    role: 'analyst',
    project_id: project,
  } as const
  await db.insertInto('api_key').values(key).execute()
  await db.deleteFrom('project').where('id', '=', project).execute()
  expect(await db.selectFrom('sample').select('id').where('id', '=', sample).execute()).toEqual([])
  expect(await db.selectFrom('upload').select('id').where('sample_id', '=', sample).execute()).toEqual([])
  expect(await db.selectFrom('api_key').select('id').where('prefix', '=', 'p-9').execute()).toEqual([])
})

test('Byte counts come back as numbers and times as dates', async () => {
  const sample = await aSample(await aProject())
  await anUpload(sample, 'u-big', 'receiving').execute()
  const row = await db
    .selectFrom('upload')
    .select(['size', 'created'])
    .where('id', '=', 'u-big')
    .executeTakeFirstOrThrow()
  expect(row.size).toBe(2 ** 40)
  expect(row.created).toBeInstanceOf(Date)
})

test('Searching inside metadata can use an index', async () => {
  await aSample(await aProject())
  const plan = await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return sql`explain select id from sample
      where client_id ilike '%harbour%' or metadata::text ilike '%harbour%' or id::text ilike '%harbour%'`.execute(
      tx,
    )
  })
  expect(JSON.stringify(plan.rows)).toContain('sample_search')
})
