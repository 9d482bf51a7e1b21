import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import { connect } from './connect.ts'
import { findByIndex, lettersInIndex } from './find-by-trigrams.ts'
import type { Schema } from './schema.ts'

let database: TestDatabase
let db: Kysely<Schema>

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log: pino({ level: 'silent' }) })
  // Never analysed: the planner expects few of whatever is asked.
  await sql`create table item (id uuid primary key default gen_random_uuid(), name text not null)
    with (autovacuum_enabled = off)`.execute(db)
  await sql`create index item_search on item using gin (name gin_trgm_ops)`.execute(db)
  await sql`insert into item (name) select case when n % 1000 = 7 then 'rare' else 'common' end || n
    from generate_series(1, 5000) n`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

test('few rows are all found, and of more than that none is taken for all, whatever the planner expects', async () => {
  const found = async (pattern: string) => {
    const ids = await findByIndex(db, { from: sql`item`, is: sql`name ilike ${pattern}`, max: 1_000 })
    return (
      ids &&
      (await sql<{ name: string }>`select name from item join (${ids}) one using (id)`.execute(db)).rows
    )
  }
  const { rows } = await sql<{
    tuples: number
  }>`select reltuples as tuples from pg_class where relname = 'item'`.execute(db)
  expect(rows[0]!.tuples).toBe(-1)
  expect((await found('%rare%'))?.map(({ name }) => name).toSorted()).toEqual([
    'rare1007',
    'rare2007',
    'rare3007',
    'rare4007',
    'rare7',
  ])
  expect(await found('%common%')).toBeNull()
})

test('an index of trigrams has the letters that the database’s locale has, and one that is not there has none', async () => {
  const shown = await sql<{ nothing: boolean }>`select show_trgm('Иванов') = '{}' as nothing`.execute(db)
  expect(await lettersInIndex(db, 'item_search')).toBe(shown.rows[0]!.nothing ? 'ascii' : 'unicode')
  expect(await lettersInIndex(db, 'nowhere')).toBeNull()
})
