import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { type ListedSamples, listSamples } from '#lib/samples/list-samples.ts'
import { SampleFilter } from '#lib/samples/sample-filter.ts'
import type { Services } from '#lib/services.ts'
import { aSummary } from '#lib/testing/export-stand-ins.ts'
import { slowPlansOf } from '#lib/testing/statement-plans.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { COUNT_MAX, type ListPage } from '#lib/wire/list-page.ts'
import { OFFSET_MAX } from '#lib/wire/page-query.ts'
import { QueryPlace } from '#lib/wire/query-place.ts'
import { exportOverviews } from './export-overviews.ts'
import { listOverviews } from './list-overviews.ts'
import { OverviewFilter } from './overview-filter.ts'
import { presentOverview } from './overview-wire.ts'
import { selectOverviews } from './overviews-table.ts'
import { showInsights } from './show-insights.ts'
import { showProjectQuality } from './show-project-quality.ts'

/** Enough for the planner to prefer an index wherever there is one. */
const SAMPLES = process.env.ARRAYDROP_TORTURE === '1' ? 100_000 : 40_000

let t: TestServices
let big: string
let small: string
const everywhere: Caller = { apiKeyId: crypto.randomUUID(), role: 'viewer', projectId: null }

beforeAll(async () => {
  t = await testServices()
  big = (await t.aProject()).id
  small = (await t.aProject()).id
  await seed()
}, 240_000)
afterAll(() => t.stop())

/** As an installation looks after a year: most links were used, some expired, a few were refused something. */
const seed = (): Promise<void> =>
  t.services.db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx)
    // Built anew afterwards, which is many times quicker than row by row.
    const { rows } = await sql<{ indexdef: string }>`
      select indexdef from pg_indexes where indexname = 'sample_search'`.execute(tx)
    await sql`drop index sample_search`.execute(tx)
    // Counted together afterwards, for the same reason.
    for (const table of ['upload_session', 'upload', 'session_event'])
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(tx)
    for (const statement of SEED(big, small)) await statement.execute(tx)
    await sql`select insight_count(array_agg(id)) from sample`.execute(tx)
    for (const table of ['upload_session', 'upload', 'session_event'])
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(tx)
    await sql.raw(rows[0]!.indexdef).execute(tx)
    await sql`analyze sample, upload_session, upload, session_event, project`.execute(tx)
  })

const SEED = (most: string, few: string) => [
  sql`
    insert into sample (id, project_id, client_id, metadata, status, status_id, status_at, created, modified)
    select gen_random_uuid(), case when n % 1000 = 7 then ${few}::uuid else ${most}::uuid end, 'client-' || n,
           jsonb_build_object('order', 'A-' || n, 'plan', 'basic'),
           case when n % 500 = 0 then 'failed' when n % 5 = 0 then 'consumer session expired' else 'succeeded' end,
           gen_random_uuid(), time, time - interval '1 hour', time
      from (select n, app_now() - n * interval '5 minutes' as time from generate_series(1, ${SAMPLES}::int) n) made`,
  sql`
    insert into upload_session (sample_id, jti, state, reason, created, link_expires_at, opened_at, deadline, last_rejection)
    select id, id, case status when 'consumer session expired' then 'expired' else 'received' end,
           case status when 'consumer session expired' then 'link_expired' end, created, created + interval '1 hour',
           created + interval '10 minutes', created + interval '25 minutes',
           case when status = 'failed' then '{"reason":"not_a_zip","detail":"pdf"}'::jsonb end
      from sample`,
  sql`
    insert into upload (id, sample_id, state, sha256, size, created, received_at, storage_key, vendor)
    select id || '-1', id, 'accepted', repeat('a', 64), 1, created, created + interval '12 minutes', 'k',
           case when status = 'failed' then 'myheritage' when client_id < 'client-5' then '23andme' else 'ancestrydna' end
      from sample where status <> 'consumer session expired'`,
  sql`
    insert into session_event (sample_id, kind, reason, created)
    select id, kind, case kind when 'rejected' then 'not_a_zip' end, created
      from sample, unnest(case status when 'failed' then '{opened,rejected}'::text[] else '{opened}' end) kind`,
]

const list = (
  query: Record<string, string>,
  { limit = 25, offset = 0, caller = everywhere, after }: Partial<Asked> = {},
) => {
  const place = after ? QueryPlace.parse(after) : undefined
  return listOverviews(t.services, caller, OverviewFilter.parse(query), { limit, offset, after: place })
}

interface Asked {
  limit: number
  offset: number
  caller: Caller
  /** As an address carries it. */
  after: string | null | undefined
}

/** What the database does for this question, as plans; the answer is the same. */
async function plansOf(ask: (services: Pick<Services, 'db' | 'clock'>) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  await t.services.db.transaction().execute(async (tx) => {
    const db = tx.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => result,
    })
    const executor = db.getExecutor()
    const asked = executor.executeQuery.bind(executor)
    executor.executeQuery = async (query) => {
      if (/^\s*(select|with)/i.test(query.sql)) {
        const plan = await asked<{ 'QUERY PLAN': string }>({ ...query, sql: `explain ${query.sql}` })
        plans.push(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
      }
      return asked(query)
    }
    await ask({ db, clock: t.services.clock })
  })
  return plans.join('\n\n')
}

describe('the list of all samples', () => {
  test.each<[name: string, query: Record<string, string>, index: RegExp]>([
    ['the default page', {}, /sample_listing|sample_by/],
    ['by time of creation', { sort_by: 'created' }, /sample_by_created/],
    ['by client id', { sort_by: 'client_id', sort_order: 'asc' }, /sample_by_client_id/],
    ['a search', { search: 'A-77777' }, /sample_search/],
    ['a search for what JSON escapes', { search: 'A-"77777"' }, /sample_search/],
    [
      'a search for what its index has no letters of',
      { search: 'Иванов' },
      /sample_listing|sample_by_modified/,
    ],
    ['a search for what many have and none together', { search: 'c p' }, /sample_listing|sample_by_modified/],
    ['a search for two letters', { search: 'zz' }, /sample_by_client_id/],
    ['a rare status', { status: 'failed' }, /sample_by_status/],
    ['several statuses', { status: 'failed,canceled' }, /sample_by_status/],
    ['a rare reason', { reason: 'not_a_zip' }, /upload_session_by_rejection/],
    ['a common reason', { reason: 'link_expired' }, /Index/],
    ['a rare vendor', { vendor: 'myheritage' }, /upload_by_vendor/],
    ['a common vendor', { vendor: '23andme' }, /Index/],
    [
      'a span of time',
      { created_after: '2000-01-01T00:00:00Z', created_before: '2000-02-01T00:00:00Z' },
      /Index/,
    ],
  ])(
    'reads an index for %s, in one project and in all, and no table from its first row',
    async (_name, query, index) => {
      for (const asked of [query, { ...query, project: big }]) {
        const plans = await plansOf((services) =>
          listOverviews(services, everywhere, OverviewFilter.parse(asked), { limit: 25, offset: 0 }),
        )
        expect(plans).toMatch(index)
        expect(plans).not.toMatch(/Seq Scan on (sample|upload|upload_session)\b/)
      }
    },
  )

  test('finds the same samples as a question without indexes, in the same order', async () => {
    const { rows } = await sql<{ id: string }>`
      select sample.id from sample join upload_session s on s.sample_id = sample.id
       where s.last_rejection ->> 'reason' = 'not_a_zip' and status = 'failed'
         and (metadata::text ilike '%A-3%' or sample.id::text ilike '%A-3%' or client_id ilike '%A-3%')
       order by modified desc, id desc`.execute(t.services.db)
    const found = await list({ reason: 'not_a_zip', status: 'failed', search: 'a-3' }, { limit: 200 })
    expect(rows.length).toBeGreaterThan(10)
    expect(found.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).slice(0, 200))
    expect(found).toMatchObject({ count: rows.length, more: false })
  })

  const contains = (text: string) => sql<boolean>`(metadata::text ilike ${`%${text}%`}
    or sample.id::text ilike ${`%${text}%`} or client_id ilike ${`%${text}%`})`
  const ended = (reason: string) =>
    sql<boolean>`(s.reason = ${reason} or s.last_rejection ->> 'reason' = ${reason})`
  const sent = (vendor: string) =>
    sql<boolean>`exists (select from upload where sample_id = sample.id and vendor = ${vendor})`
  const inStatus = (...statuses: string[]) => sql<boolean>`status = any(${statuses})`
  /** Of few and of many, and of two that no sample has together. */
  const QUESTIONS: [query: Record<string, string>, plainly: ReturnType<typeof contains>][] = [
    [{ search: 'A-3333' }, contains('A-3333')],
    [{ search: 'client-33333' }, contains('client-33333')],
    [{ search: 'lient-3333' }, contains('lient-3333')],
    [{ search: 'basic' }, contains('basic')],
    [{ search: 'nowhere' }, sql`false`],
    [{ search: 'CL' }, sql`client_id ilike 'cl%'`],
    [{ search: 'c' }, sql`client_id ilike 'c%'`],
    [{ search: '-3' }, contains('-3')],
    [{ search: 'zz' }, sql`false`],
    [{ search: '---' }, sql`false`],
    // An index of trigrams has nothing of the first, and of the others what many have.
    [{ search: 'Иванов' }, sql`false`],
    [{ search: 'c p' }, sql`false`],
    [{ search: 'plan client' }, sql`false`],
    [{ status: 'failed' }, inStatus('failed')],
    [{ status: 'failed,failed' }, inStatus('failed')],
    [{ status: 'failed,consumer session expired' }, inStatus('failed', 'consumer session expired')],
    [{ status: 'failed', search: 'client-5' }, sql`${inStatus('failed')} and ${contains('client-5')}`],
    [{ reason: 'not_a_zip' }, ended('not_a_zip')],
    [{ reason: 'link_expired' }, ended('link_expired')],
    [{ vendor: 'myheritage' }, sent('myheritage')],
    [{ vendor: 'ancestrydna' }, sent('ancestrydna')],
    [{ vendor: 'myheritage', reason: 'not_a_zip' }, ended('not_a_zip')],
    [{ vendor: 'ancestrydna', reason: 'link_expired' }, sql`false`],
    [{ vendor: 'ancestrydna', search: 'client-9' }, sql`${sent('ancestrydna')} and ${contains('client-9')}`],
  ]
  /** What is more than lists count. All that an index finds for these searches has to be looked at, and is more. */
  const isManyOf =
    ({ search }: Record<string, string>) =>
    (count: number) =>
      count > COUNT_MAX || ['c', 'CL', '---', 'Иванов', 'c p', 'plan client'].includes(search!)
  const ORDERS = [
    { sort_by: 'modified', sort_order: 'desc' },
    { sort_by: 'client_id', sort_order: 'asc' },
  ] as const

  test('is what asking each sample finds, of few and of many, in one project and in all', async () => {
    const { db } = t.services
    for (const [query, plainly] of QUESTIONS) {
      for (const [project, order] of [null, big, small].flatMap((one) =>
        ORDERS.map((other) => [one, other] as const),
      )) {
        const all = sql`from sample join upload_session s on s.sample_id = sample.id
          where (${project}::uuid is null or project_id = ${project}) and ${plainly}`
        const direction = sql.raw(order.sort_order)
        const { rows } = await sql<{ id: string }>`select sample.id ${all}
          order by ${sql.ref(order.sort_by)} ${direction}, sample.id ${direction} limit 10 offset 3`.execute(
          db,
        )
        const counted = await sql<{ n: number }>`select count(*)::int as n ${all}`.execute(db)
        const { n } = counted.rows[0]!
        const asked = { ...query, ...order, ...(project && { project }) }
        const found = await list(asked, { limit: 10, offset: 3 })
        expect([asked, found.rows.map(({ id }) => id)]).toEqual([asked, rows.map(({ id }) => id)])
        if (found.more) {
          expect([asked, found.count]).toEqual([asked, expect.toSatisfy((is) => is <= n)])
          expect([asked, n]).toEqual([asked, expect.toSatisfy(isManyOf(query))])
        } else expect([asked, found.count]).toEqual([asked, n])
        if (!project || query.reason || query.vendor || query.status?.includes(',')) continue
        const filter = SampleFilter.parse({ ...query, ...order })
        const page = await listSamples(t.services, everywhere, project, filter, { limit: 10, offset: 3 })
        expect([asked, page.rows.map(({ id }) => id)]).toEqual([asked, rows.map(({ id }) => id)])
        if (page.estimated) expect([asked, n]).toEqual([asked, expect.toSatisfy(isManyOf(query))])
        else expect([asked, page.count]).toEqual([asked, n])
      }
    }
  }, 240_000)

  test('reads no table from end to end, whatever is asked', async () => {
    const slow = await slowPlansOf(t.databaseUrl, async () => {
      for (const [query] of QUESTIONS) {
        for (const project of [undefined, big]) await list({ ...query, ...(project && { project }) })
        if (query.reason || query.vendor || query.status?.includes(',')) continue
        for (const sort_by of ['modified', 'created', 'client_id', 'id', 'status']) {
          const filter = SampleFilter.parse({ ...query, sort_by })
          await listSamples(t.services, everywhere, big, filter, { limit: 25, offset: 0 })
        }
      }
    })
    expect(slow).toEqual([])
  })

  test('tells where each sample stands: project, vendor, reason and the beginning of its metadata', async () => {
    const [overview] = (await list({ status: 'failed' })).rows
    expect(presentOverview(overview!)).toMatchObject({
      project: big,
      reference: overview!.client_id,
      vendor: 'myheritage',
      reason: 'not_a_zip',
      session_state: 'received',
      metadata_excerpt: expect.stringContaining('"plan": "basic"'),
    })
  })

  test('counts no further than its bound, and says that there are more', async () => {
    expect(await list({})).toMatchObject({ count: COUNT_MAX, more: true })
    expect(await list({ project: small })).toMatchObject({ count: SAMPLES / 1000, more: false })
  })

  test('goes on to its last sample by `next`, in every order, without a gap and without a repetition', async () => {
    // Many at the same moment, and names that differ in nothing.
    const { db } = t.services
    await sql`update sample set modified = created, client_id = left(client_id, 8) where project_id = ${small}`.execute(
      db,
    )
    await sql`update sample set created = date_trunc('day', created) where project_id = ${small}`.execute(db)
    for (const sort_by of ['created', 'modified', 'client_id']) {
      for (const sort_order of ['asc', 'desc']) {
        const seen: string[] = []
        let after: string | null | undefined
        while (after !== null) {
          const page = await list({ project: small, sort_by, sort_order }, { limit: 13, after })
          seen.push(...page.rows.map(({ id }) => id))
          after = page.next
        }
        const { rows } = await sql<{ id: string }>`select id from sample where project_id = ${small}
          order by ${sql.ref(sort_by)} ${sql.raw(sort_order)}, id ${sql.raw(sort_order)}`.execute(db)
        expect(seen).toEqual(rows.map(({ id }) => id))
      }
    }
  })

  test('goes on where offsets end, and refuses those beyond by name', async () => {
    const last = await list({}, { limit: 200, offset: OFFSET_MAX })
    const beyond = await list({}, { limit: 200, after: last.next })
    const { rows } = await sql<{ id: string }>`
      select id from sample order by modified desc, id desc limit 200 offset ${OFFSET_MAX + 200}`.execute(
      t.services.db,
    )
    expect(beyond.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    await expect(list({}, { offset: OFFSET_MAX + 1 })).rejects.toMatchObject({
      fields: { offset: [expect.stringContaining('next')] },
    })
    await expect(list({ sort_order: 'asc' }, { after: last.next })).rejects.toMatchObject({
      fields: { after: [expect.stringContaining('another order')] },
    })
  })

  test('ends a page early where many match each filter and few match all, and goes on by `next` to every one of them', async () => {
    const created_before = new Date(Date.now() - SAMPLES * 150_000).toISOString()
    const walk = async (
      ask: (after: string | null | undefined) => Promise<{ rows: { id: string }[]; next: string | null }>,
    ) => {
      const ids: string[] = []
      let [after, empty] = [undefined as string | null | undefined, 0]
      while (after !== null) {
        const { rows, next } = await ask(after)
        ids.push(...rows.map(({ id }) => id))
        if (rows.length === 0) empty += 1
        after = next
      }
      return { ids, empty }
    }
    for (const project of [null, big]) {
      const { rows } = await sql<{
        id: string
      }>`select sample.id from sample join upload_session s on s.sample_id = sample.id
        where ${sent('23andme')} and sample.created < ${created_before} and (${project}::uuid is null or project_id = ${project})
        order by modified desc, sample.id desc`.execute(t.services.db)
      const query = { created_before, vendor: '23andme', ...(project && { project }) }
      const { ids, empty } = await walk((after) => list(query, { limit: 200, after }))
      expect([project, ids]).toEqual([project, rows.map(({ id }) => id)])
      expect(empty).toBeGreaterThan(0)
      expect(await list(query)).toMatchObject({ more: true })
    }
    const { rows } = await sql<{
      id: string
    }>`select id from sample where project_id = ${big} and created < ${created_before}
      order by status, modified, id`.execute(t.services.db)
    const filter = SampleFilter.parse({
      created_before,
      search: 'basic',
      sort_by: 'status',
      sort_order: 'asc',
    })
    const pages = await walk((after) =>
      listSamples(t.services, everywhere, big, filter, {
        limit: 200,
        ...(after
          ? { after: QueryPlace.parse(after), offset: QueryPlace.parse(after).offset ?? 0 }
          : { offset: 0 }),
      }),
    )
    expect(pages.ids).toEqual(rows.map(({ id }) => id))
  })

  test('of one project has no empty first page where there are others, and leads on by `next` and by its offset alone', async () => {
    // By client id, 200 and 300 of those that it looks at 2,000 at a time: behind many steps, and at the end of the first.
    for (const [from, to, limit, isFull] of [
      [19_900, 20_100, 50, true],
      [11_700, 12_000, 290, false],
    ] as const) {
      const ends = await sql<{ created: Date; modified: Date }>`
        select min(created) filter (where client_id = ${`client-${to}`}) as created,
               min(modified) filter (where client_id = ${`client-${from}`}) as modified
          from sample`.execute(t.services.db)
      const { created, modified } = ends.rows[0]!
      const filter = SampleFilter.parse({ search: 'basic', sort_by: 'client_id', sort_order: 'asc' })
      const between = { ...filter, modified_before: modified, created_after: created }
      const { rows } = await sql<{ id: string }>`select id from sample where project_id = ${big}
        and created >= ${created} and modified < ${new Date(modified.getTime() + 1)} order by client_id, id`.execute(
        t.services.db,
      )
      const first = await listSamples(t.services, everywhere, big, between, { limit, offset: 0 })
      expect([first.rows.length > 0, first.rows.length === limit]).toEqual([true, isFull])
      for (const byOffset of [false, true]) {
        const ids: string[] = []
        let page: ListPage | undefined = { limit, offset: 0 }
        while (page) {
          const found: ListedSamples = await listSamples(t.services, everywhere, big, between, page)
          ids.push(...found.rows.map(({ id }) => id))
          const after = found.next === null ? undefined : QueryPlace.parse(found.next)
          page = after && { limit, offset: after.offset ?? 0, ...(byOffset ? {} : { after }) }
        }
        expect([from, byOffset, ids]).toEqual([from, byOffset, rows.map(({ id }) => id)])
      }
    }
  })

  test('of one project by status looks at none before or behind the statuses that are asked for, and has them in order', async () => {
    const filter = SampleFilter.parse({ status: 'completed', sort_by: 'status', sort_order: 'asc' })
    const page = { limit: 25, offset: 0 }
    const plans = await plansOf((services) =>
      listSamples({ ...t.services, ...services }, everywhere, big, filter, page),
    )
    const walk = plans.split('\n\n').filter((plan) => plan.includes('WindowAgg'))
    expect(walk).toEqual([expect.stringMatching(/Index Cond: .*status >= .*status <= /)])
    const { rows } = await sql<{ id: string }>`
      select id from sample where project_id = ${big} and status = any(${filter.status!})
       order by status, modified, id limit 25`.execute(t.services.db)
    const found = await listSamples(t.services, everywhere, big, filter, page)
    expect(found.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })

  test('is what was there when it was asked for, whatever becomes of it while it is read', async () => {
    const db = t.services.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        const [found] = result.rows
        if (found && 'place' in found)
          await sql`update sample set project_id = ${small} where id = ${found.id}`.execute(t.services.db)
        return result
      },
    })
    const services = { ...t.services, db }
    const page = { limit: 5, offset: 0 }
    const found = [
      await listOverviews(services, everywhere, OverviewFilter.parse({ project: big }), page),
      await listSamples(services, everywhere, big, SampleFilter.parse({}), page),
    ]
    for (const { rows, next } of found) {
      expect(new Set(rows.map(({ project_id }) => project_id))).toEqual(new Set([big]))
      expect([rows.length, next]).toEqual([5, expect.any(String)])
    }
    for (const { rows } of found)
      await sql`update sample set project_id = ${big} where id = ${rows[0]!.id}`.execute(t.services.db)
  })

  test('counts no fewer than it has found, and what has a status and a time by both', async () => {
    const { count, rows, more } = await list({ vendor: '23andme' })
    expect([rows.length, count >= rows.length, more]).toEqual([25, true, true])
    const modified_after = new Date(Date.now() - 8_000 * 300_000).toISOString()
    const found = await sql<{ n: number }>`select count(*)::int as n from sample
      where project_id = ${big} and status = 'consumer session expired' and modified >= ${modified_after}`.execute(
      t.services.db,
    )
    expect(await list({ project: big, status: 'consumer session expired', modified_after })).toMatchObject({
      count: found.rows[0]!.n,
      more: false,
    })
  })

  test('has a full page of however many projects', async () => {
    const scope = [big, ...Array.from({ length: 150 }, () => crypto.randomUUID())]
    const page = { limit: 200, offset: 0 }
    const { rows } = await selectOverviews(t.services.db, scope, OverviewFilter.parse({}), page, 1)
    expect(rows).toHaveLength(200)
    // Of many without a sample there is an end, however many others have.
    const none = await selectOverviews(t.services.db, scope.slice(1), OverviewFilter.parse({}), page, 1)
    expect(none).toMatchObject({ rows: [], count: 0, all: true, next: undefined })
  })

  test('of one project counts exactly where that is cheap, and says where it estimates', async () => {
    const listed = (query: Record<string, string>, page: { limit: number; offset: number }) =>
      listSamples(t.services, everywhere, big, SampleFilter.parse(query), page)
    expect(await listed({ status: 'failed' }, { limit: 5, offset: 0 })).toMatchObject({
      count: SAMPLES / 500,
      estimated: false,
    })
    const { count, estimated } = await listed({}, { limit: 25, offset: 0 })
    expect(estimated).toBe(true)
    expect(count / SAMPLES).toBeCloseTo(1, 0)
    // The last page is known to be the last.
    const whole = SAMPLES - SAMPLES / 1_000
    expect(await listed({}, { limit: 200, offset: whole - 50 })).toMatchObject({
      count: whole,
      estimated: false,
    })
  })

  test('has pages that follow one another across projects, without a gap and without a repetition', async () => {
    const pages = await Promise.all(
      [0, 50, 100].map((offset) => list({ sort_by: 'created' }, { limit: 50, offset })),
    )
    const times = pages.flatMap(({ rows }) => rows.map(({ created }) => created.getTime()))
    expect(times).toEqual(times.toSorted((one, other) => other - one))
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(150)
  })

  test('shows a caller its own projects alone, whatever it asks for', async () => {
    const caller: Caller = { ...everywhere, projectId: small }
    const own = await list({}, { caller, limit: 200 })
    expect(new Set(own.rows.map(({ project_id }) => project_id))).toEqual(new Set([small]))
    for (const project of [big, crypto.randomUUID()]) {
      expect(await list({ project }, { caller })).toMatchObject({ count: 0, rows: [] })
    }
    await expect(list({}, { caller: { ...everywhere, role: 'uploader' } })).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('the export', () => {
  const read = (query: Record<string, string>, caller = everywhere) =>
    new Response(exportOverviews(t.services, caller, OverviewFilter.parse(query))).text()

  test('has every sample that the filter finds once, across batches', async () => {
    const lines = (await read({ created_after: new Date(Date.now() - 6 * 86_400_000).toISOString() }))
      .trim()
      .split('\r\n')
    const ids = lines.slice(1).map((line) => line.split(',')[0])
    expect(ids.length).toBeGreaterThan(1_600)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('holds nothing that a spreadsheet would run', async () => {
    const { id } = (await list({ project: small }, { limit: 1 })).rows[0]!
    const nasty = ['=HYPERLINK("https://evil.example")', '+1', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1', '＝1']
    for (const text of nasty) {
      await sql`update sample set client_id = ${text}, status_note = ${text}, metadata = to_jsonb(${text}::text)
        where id = ${id}`.execute(t.services.db)
      const [header, cells] = parse(await read({ project: small, search: id }), { bom: true })
      expect(cells![header!.indexOf('client_id')]).toBe(`'${text}`)
      expect(cells!.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([])
    }
  })

  test('holds numbers in metadata as they are', async () => {
    const { id } = (await list({ project: small }, { limit: 1 })).rows[0]!
    for (const number of ['-5', '-0.25', '12345678901234567890']) {
      await sql`update sample set metadata = ${number}::jsonb where id = ${id}`.execute(t.services.db)
      const [header, cells] = parse(await read({ project: small, search: id }), { bom: true })
      expect(cells![header!.indexOf('metadata')]).toBe(number)
    }
  })

  test('is of a caller’s own projects alone', async () => {
    expect(
      (await read({ project: big }, { ...everywhere, projectId: small })).trim().split('\r\n'),
    ).toHaveLength(1)
  })
})

test('The quality of a project is that of its own measured samples, the latest first, without a look at the others', async () => {
  const summary = JSON.stringify({ summary: aSummary({ autosomalHeterozygosity: 0.3 }) })
  const { rows } = await sql<{ id: string }>`
    update sample set qc = ${summary}::jsonb, client_id = id::text, metadata = '{"reference": 7, "more": 8}' where id in (
      select id from sample where project_id = ${small} and status = 'succeeded' order by created desc limit 3)
    returning id`.execute(t.services.db)
  await sql`update sample set hidden = true where id = ${rows[0]!.id}`.execute(t.services.db)
  const asked = (caller: Caller) => showProjectQuality(t.services, caller, small)
  const { samples, more, weeks } = await asked(everywhere)
  expect(samples.map(({ id }) => id).sort()).toEqual(
    rows
      .slice(1)
      .map(({ id }) => id)
      .sort(),
  )
  expect(samples.map(({ created }) => created)).toEqual(
    samples
      .map(({ created }) => created)
      .sort()
      .reverse(),
  )
  expect(samples[0]).toMatchObject({ reference: '7', call_rate: 0.99, heterozygosity: 0.3, stands_out: [] })
  expect([more, weeks.reduce((sum, { samples }) => sum + samples, 0)]).toEqual([false, 2])
  await expect(asked({ ...everywhere, projectId: big })).rejects.toMatchObject({ code: 'not_found' })
  const plans = await plansOf((services) => showProjectQuality(services, everywhere, big))
  expect(plans).not.toMatch(/Seq Scan on (sample|upload|upload_session)\b/)
  await sql`update sample set hidden = false where id = ${rows[0]!.id}`.execute(t.services.db)
})

describe('insights', () => {
  test('count each link on its day, and never more of them at a later stage', async () => {
    const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
    const told = await showInsights(t.services, everywhere, { from: day })
    const { rows } = await sql<{ minted: number; received: number }>`
      select count(*)::int as minted, (count(*) filter (where status <> 'consumer session expired'))::int as received
        from sample where created >= ${day}::date at time zone 'UTC'`.execute(t.services.db)
    expect(told.funnel).toMatchObject(rows[0]!)
    for (const { minted, opened, checked, uploaded, received, succeeded } of [told.funnel, ...told.days]) {
      expect([minted, opened, checked, uploaded, received, succeeded]).toEqual(
        [minted, opened, checked, uploaded, received, succeeded].toSorted((one, other) => other - one),
      )
    }
    expect(told.days).toHaveLength(31)
    // From counters: within a bucket.
    for (const [step, seconds] of [
      ['until_opened', 600],
      ['until_received', 120],
    ] as const)
      expect(Math.abs(Math.log2(told.median_seconds[step]! / seconds)), step).toBeLessThan(1 / 8)
    const few = await showInsights(t.services, everywhere, { project: big, from: day, to: day })
    expect(few.median_seconds).toMatchObject({ until_opened: 600, until_received: 120 })
    expect(told.reasons).toEqual([{ kind: 'rejected', reason: 'not_a_zip', count: expect.any(Number) }])
    expect(told.vendors.reduce((sum, { received }) => sum + received, 0)).toBe(told.funnel.received)
  })

  test('read the counters of the days that are asked for, and no sample of them', async () => {
    await sql`analyze insight_day, insight_reason, insight_time`.execute(t.services.db)
    for (const filter of [{}, { project: big }]) {
      const plans = await plansOf((services) => showInsights(services, everywhere, filter))
      expect(plans).toMatch(/insight_day_pkey/)
      expect(plans).toMatch(/insight_time_pkey/)
      expect(plans).not.toMatch(/sample_by_created|session_event/)
      expect(plans).not.toMatch(
        /Seq Scan on (sample|session_event|run|insight_link|insight_day|insight_time)\b/,
      )
    }
  })

  test('do not count a link as stopped while it can still be used', async () => {
    const waiting = async () => (await showInsights(t.services, everywhere, {})).waiting
    const before = await waiting()
    const { opened, checked } = before
    await t.aLink()
    await t.anOpenLink()
    expect(await waiting()).toEqual({ ...before, opened: opened + 1, checked: checked + 1 })
    await t.advance(901)
    expect(await waiting()).toMatchObject({ opened: 0, checked: 0 })
  })

  test('are of a caller’s own projects alone', async () => {
    const told = await showInsights(t.services, { ...everywhere, projectId: small }, { project: big })
    expect(told.funnel.minted).toBe(0)
    expect(told.reasons).toEqual([])
  })
})
