import fc from 'fast-check'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import {
  type BoundedList,
  countFirst,
  findFew,
  findPage,
  type LookForFew,
  type Owners,
  type Place,
  rowsWithIds,
} from './bounded-list.ts'
import { connect } from './connect.ts'
import type { Schema } from './schema.ts'

const ROWS = 600
/** Of them, one owner has half of the rows, and some have none; the last stands for rows of nobody. */
const OWNERS = [...Array.from({ length: 80 }, () => crypto.randomUUID()), null]

let database: TestDatabase
let db: Kysely<Schema>

beforeAll(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log: pino({ level: 'silent' }) })
  await sql`create table item (id uuid primary key default gen_random_uuid(), project_id uuid, at timestamptz not null,
    name text not null, kind text not null, rare boolean not null)`.execute(db)
  for (const columns of ['at', 'name', 'kind, at', '']) {
    const order = sql.raw([columns, 'id'].filter(Boolean).join(', '))
    await sql`create index on item (project_id, ${order})`.execute(db)
    await sql`create index on item (${order})`.execute(db)
  }
  // Times with ties, and to the microsecond; names with the sign that separates the parts of a place.
  await sql`insert into item (project_id, at, name, kind, rare)
    select (${OWNERS.slice(0, -1)}::uuid[])[case n % 2 when 0 then 1 else nullif(n % 71, 5) end],
           timestamptz '2026-01-01' + n / 3 * interval '1.000001 seconds', 'n|' || n % 37, 'k' || n % 4, n % 50 = 7
      from generate_series(1, ${ROWS}) n`.execute(db)
  await sql`analyze item`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const ORDERS = [['at'], ['name'], ['kind', 'at'], []] as const
const CONDITIONS = ["kind = 'k1'", 'rare', "name like 'n|1%'", "at < '2026-01-01 00:01'", 'false'] as const

const list = fc.record({
  owners: fc.oneof(
    fc.constant(null),
    fc.subarray(OWNERS, { maxLength: 4 }),
    fc.subarray(OWNERS, { minLength: 40 }),
  ),
  order: fc.constantFrom(...ORDERS),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  isSpan: fc.boolean(),
  wanted: fc.subarray([...CONDITIONS], { maxLength: 3 }),
  looksMax: fc.integer({ min: 1, max: 80 }),
})
type Asked = typeof list extends fc.Arbitrary<infer One> ? One : never
const RARE: Asked = {
  owners: null,
  order: ['at'],
  direction: 'asc',
  isSpan: false,
  wanted: ['rare'],
  looksMax: 5,
}

function listOf({ owners, order, direction, isSpan, wanted, looksMax }: Asked): BoundedList {
  return {
    ...{ table: 'item', as: 'one', direction, looksMax, owners },
    columns: order.map((name) => ({ name, isTime: name === 'at' })),
    indexed: isSpan && order[0] === 'at' ? sql`one.at >= '2026-01-01 00:00:20'` : sql`true`,
    wanted: wanted.length === 0 ? null : sql.raw(wanted.map((is) => `(${is})`).join(' and ')),
  }
}

/** No index finds them; or one does, if those are so few. */
const NONE: LookForFew = async () => []
const ofRare =
  (asked: Asked, atLeast: number): LookForFew =>
  async (most) => {
    if (!asked.wanted.includes('rare')) return []
    // More than that, and told so by nothing but reading them.
    if (most < atLeast)
      return [
        {
          rows: sql`(select item.* from generate_series(1, ${sql.lit(most + 1)}), (select * from item limit 1) item)`,
        },
      ]
    const rest = asked.wanted.filter((is) => is !== 'rare')
    const rows = rowsWithIds('item', [sql`select id from item where rare`])
    // As one knows to have found no others, or as one that may have.
    return [atLeast % 2 === 0 ? { rows } : { rows, wanted: listOf({ ...asked, wanted: rest }).wanted }]
  }

const FEW_MAX = 100
const find = (asked: Asked, page: Parameters<typeof findPage>[2], few = NONE) =>
  db.transaction().execute((tx) => findPage(tx, listOf(asked), page, { few, fewMax: FEW_MAX }))

const ownedBy = (owners: Owners): RawBuilder<boolean> =>
  sql`(${owners === null} or project_id = any(${owners ?? []}::uuid[]) or (project_id is null and ${owners?.includes(null) ?? false}))`

/** Ids of what is asked for, or of what is looked at for it, in order: as a question without indexes finds them. */
async function plainly(asked: Asked, conditions: RawBuilder<boolean> | null): Promise<string[]> {
  const order = [...asked.order, 'id'].map((name) => `${name} ${asked.direction}`)
  const { rows } = await sql<{ id: string }>`select id from item one where ${ownedBy(asked.owners)}
    and ${listOf(asked).indexed} and ${conditions ?? sql`true`} order by ${sql.raw(order.join(', '))}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

test('following pages reaches every row once, in order, of any owners by any filters, and a page ends early only where it has looked at as much as it may', async () => {
  await fc.assert(
    fc.asyncProperty(
      list,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 20 }),
      async (asked, limit, offset) => {
        const one = listOf(asked)
        const all = await plainly(asked, one.wanted)
        const looked = await plainly(asked, null)
        const found: string[] = []
        let after: Place | undefined
        for (;;) {
          const { rows, end } = await find(asked, { limit, offset, after })
          const page = rows.slice(0, limit)
          found.push(...page.map(({ id }) => id))
          const last = rows.length > limit ? page.at(-1)! : undefined
          if (end) {
            const from = after ? looked.indexOf(after.id) + 1 : 0
            const several = (asked.owners?.length ?? 1) > 1
            const most = Math.max(limit + 1, several ? Math.ceil(asked.looksMax / 2) : asked.looksMax)
            // Of very many owners the rows of all others are looked at, too.
            if ((asked.owners?.length ?? 0) <= 64) expect(looked.indexOf(end.id) + 1 - from).toBe(most)
          }
          const next: Place | undefined = last ? { value: last.place, id: last.id } : end
          if (!next) break
          after = next
        }
        expect(found).toEqual(all.slice(offset))
      },
    ),
    { numRuns: process.env.ARRAYDROP_TORTURE === '1' ? 1_000 : 25 },
  )
})

test('the planner is left as it was found, within the transaction and behind it', async () => {
  const settings = async (on: Kysely<Schema>) =>
    (
      await sql<{ all: string }>`select string_agg(name || '=' || setting, ' ' order by name) as all
        from pg_settings where name like 'enable%' or name = 'jit'`.execute(on)
    ).rows[0]!.all
  const before = await settings(db)
  await db.transaction().execute(async (tx) => {
    await sql`set local enable_sort = off`.execute(tx)
    const given = await settings(tx)
    const page = { limit: 3, offset: 0 }
    await findPage(tx, listOf(RARE), page, { few: NONE, fewMax: 0 })
    await findPage(tx, listOf(RARE), page, { few: ofRare(RARE, 0), fewMax: 0 })
    expect(await settings(tx)).toBe(given)
  })
  expect(await settings(db)).toBe(before)
})

test('a first page that goes on and a page at an offset are what asking each row finds, however far that is and whatever an index finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      list,
      fc.integer({ min: 0, max: 20 }),
      // Of no more than a page looks for first, than it puts in order, or of more than that.
      fc.constantFrom(0, 1, FEW_MAX + 1, FEW_MAX + 2, 10 ** 6),
      async (asked, offset, atLeast) => {
        const all = await plainly(asked, listOf(asked).wanted)
        const { rows, end, count } = await find(
          asked,
          { limit: 25, offset, goesOn: true },
          ofRare(asked, atLeast),
        )
        const ids = rows.map(({ id }) => id)
        if (end) expect([offset, ids.length]).toEqual([0, expect.toSatisfy((found) => found > 0)])
        expect(ids).toEqual(all.slice(offset, offset + (end ? ids.length : 26)))
        if (count !== undefined) expect(count).toBe(all.length)
        expect(count !== undefined || atLeast > FEW_MAX || !asked.wanted.includes('rare')).toBe(true)
      },
    ),
    {
      numRuns: process.env.ARRAYDROP_TORTURE === '1' ? 1_000 : 50,
      // Of so many owners that none is asked by itself.
      examples: [[{ ...RARE, owners: OWNERS.slice(16) }, 0, 1]],
    },
  )
})

test('what is looked at far from the beginning is put in order where an index finds not too many, and walked to where it finds more', async () => {
  const far = { ...RARE, wanted: ["at > '2026-01-01 00:03'", 'rare'] as unknown as Asked['wanted'] }
  const all = await plainly(far, listOf(far).wanted)
  for (const [atLeast, isCounted] of [
    [FEW_MAX + 1, true],
    [10 ** 6, false],
  ] as const) {
    const first = await find(far, { limit: 3, offset: 0, goesOn: true }, ofRare(far, atLeast))
    expect([first.count, first.rows[0]!.id]).toEqual([isCounted ? all.length : undefined, all[0]])
    const second = await find(far, { limit: 3, offset: 1 }, ofRare(far, atLeast))
    expect([second.count, second.rows.map(({ id }) => id)]).toEqual([first.count, all.slice(1, 5)])
  }
})

test('what is counted is exact to the end or to the bound', async () => {
  await fc.assert(
    fc.asyncProperty(list, async (asked) => {
      const one = listOf(asked)
      const all = await plainly(asked, one.wanted)
      const counted = await db
        .transaction()
        .execute((tx) => countFirst(tx, one, asked.looksMax, { is: one.indexed, by: sql`one.at, one.id` }))
      if (counted.all) expect(counted.count).toBe(all.length)
      else expect(counted.count).toBeLessThanOrEqual(all.length)
    }),
    { numRuns: process.env.ARRAYDROP_TORTURE === '1' ? 1_000 : 25 },
  )
})

test('the queries that find few are told from those that find many, and rows are those that each of them has', async () => {
  const of = (max: number) => sql`select from generate_series(1, ${sql.lit(max)})`
  const [nine, three, five] = [of(9), of(3), of(5)]
  expect(await findFew(db, [nine, three, five], 5)).toEqual([three, five])
  expect(await findFew(db, [nine], 5)).toEqual([])
  expect(await findFew(db, [], 5)).toEqual([])
  const rows = rowsWithIds('item', [
    sql`select id from item where rare`,
    sql`select id from item where kind = 'k1'`,
  ])
  const found = await sql<{ id: string }>`select id from ${rows} one order by at, id`.execute(db)
  expect(found.rows.map(({ id }) => id)).toEqual(
    await plainly({ ...RARE, wanted: ['rare', "kind = 'k1'"] }, sql`rare and kind = 'k1'`),
  )
  expect(found.rows.length).toBeGreaterThan(0)
})
