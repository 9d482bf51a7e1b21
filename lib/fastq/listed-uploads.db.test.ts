import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { slowPlansOf } from '#lib/testing/statement-plans.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { endPage, type Found, type ListPage } from '#lib/wire/list-page.ts'
import { QueryPlace } from '#lib/wire/query-place.ts'
import { selectFastqUploads, selectPairs } from './listed-uploads-table.ts'
import { SheetFilter, UploadFilter } from './upload-filter.ts'

/** Of what most are, more than a list counts, and than a page looks at. */
const UPLOADS = 34_000

let t: TestServices
let [big, small] = ['', '']
beforeAll(async () => {
  t = await testServices()
  ;[big, small] = [(await t.aProject()).id, (await t.aProject()).id]
  const { sampleId } = await t.aLink({}, await t.aPartner())
  // In pairs, most of them of a sample; at the far end some of another status, and some that expire.
  await sql`
    insert into fastq_upload (destination_path, pair_path, client_id, project_id, r_notation, sealed_url, source_host,
                              expires_at, status, sample_id, created, modified)
    select 'gncv://run/s' || n / 2 || case n % 7 when 0 then '-odd' else '' end || '_R' || 1 + n % 2 || '.fastq.gz',
           'run/s' || n / 2, 's' || n / 2,
           case when n / 2 % 100 = 1 then ${small}::uuid when n / 2 % 10 <> 2 then ${big}::uuid end, 'R' || 1 + n % 2,
           'k.x', 'cloud.example', case when n % 20 > 1 then at + interval '1 day' end,
           case when n % 1000 = 1 then 'failed' else 'succeeded' end,
           case when n / 2 % 3 > 0 then ${sampleId}::uuid end, at, at + n % 3 * interval '1 minute'
      from generate_series(0, ${UPLOADS - 1}::int) n,
           lateral (select (select app_now()) - n * interval '1 minute' as at) moment`.execute(t.services.db)
  await sql`analyze fastq_upload`.execute(t.services.db)
}, 60_000)
afterAll(() => t.stop())

type Reach = readonly string[] | null
type Asked = Record<string, string>

const uploads = (reach: Reach, query: Asked, page: ListPage) =>
  selectFastqUploads(t.services.db, reach, UploadFilter.parse(query), page)
const pairs = async (reach: Reach, query: Asked, page: ListPage) => {
  const { rows, ...found } = await selectPairs(t.services.db, reach, SheetFilter.parse(query), page)
  return { ...found, rows: rows.map(({ r1, place }) => ({ ...r1, place })) }
}

interface Walk {
  limit: number
  offset: number
  pages: number
  /** As clients do that read only the offset out of `next`. */
  byOffset?: boolean
}

/** Ids of the list, by `next` from its first page or this one, at most so many pages. */
async function walk(
  list: (page: ListPage) => Promise<Found<{ id: string; place: string }>>,
  { limit, offset, pages, byOffset = false }: Walk,
): Promise<{ ids: string[]; atEnd: boolean; empty: number }> {
  const ids: string[] = []
  let page: ListPage = { limit, offset }
  let empty = 0
  for (let turn = 0; turn < pages; turn++) {
    const found = endPage(await list(page), page, ({ place, id }) => ({ sort: '', value: place, id }))
    ids.push(...found.rows.map(({ id }) => id))
    if (found.rows.length === 0) empty += 1
    if (found.next === null) {
      // The end was seen, and so all of them were counted.
      if (found.rows.length > 0) expect(found.count).toBe(offset + ids.length)
      if (found.rows.length > 0 && found.count <= 10_000) expect(found.more).toBe(false)
      return { ids, atEnd: true, empty }
    }
    const after = QueryPlace.parse(found.next)
    expect(after.offset ?? 0).toBe(offset + ids.length)
    page = { limit, offset: after.offset ?? 0, ...(byOffset ? {} : { after }) }
  }
  return { ids, atEnd: false, empty }
}

const before = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
/** One of the two files of a pair is enough. */
const expiring = (time: string) =>
  sql`pair_path in (select pair_path from fastq_upload where expires_at < ${time})`
/** What is few, many, nothing, and many of which few are there together. */
const SHEETS: (() => [query: Asked, plainly: ReturnType<typeof sql>])[] = [
  () => [{}, sql`true`],
  () => [{ sort_by: 'modified' }, sql`true`],
  () => [{ sort_by: 'client_id', sort_order: 'asc' }, sql`true`],
  () => [{ status: 'unassigned', sort_by: 'modified' }, sql`sample_id is null`],
  () => [
    { status: 'assigned', project: small },
    sql`sample_id is not null and (project_id = ${small} or project_id is null)`,
  ],
  () => [{ search: 's1234' }, sql`destination_path like '%s1234%'`],
  () => [{ search: 'gncv://run/s77' }, sql`destination_path like 'gncv://run/s77%'`],
  () => [{ search: 'nowhere' }, sql`false`],
  () => [{ search: '-ODD', sort_by: 'client_id' }, sql`destination_path like '%-odd%'`],
  () => [{ expires_before: before(-9) }, sql`expires_at is not null`],
  () => {
    const time = before(15.5)
    return [{ expires_before: time, sort_by: 'modified' }, expiring(time)]
  },
  () => {
    const time = before(12)
    return [{ expires_before: time, status: 'unassigned' }, sql`${expiring(time)} and sample_id is null`]
  },
]

test('lists of FASTQ files are what asking each file finds, in order, by `next` and by offsets, of all projects and of some', async () => {
  for (const reach of [null, [small, big]]) {
    const ofReach = reach ? sql`project_id = any(${reach}::uuid[])` : sql`true`
    for (const make of SHEETS) {
      const [query, plainly] = make()
      const { sort_by, sort_order } = SheetFilter.parse(query)
      const order = sql`${sql.ref(sort_by)} ${sql.raw(sort_order)}, id ${sql.raw(sort_order)}`
      const { rows } = await sql<{ id: string }>`
        select id from fastq_upload where r_notation = 'R1' and ${ofReach} and ${plainly} order by ${order}`.execute(
        t.services.db,
      )
      const all = rows.map(({ id }) => id)
      const list = (page: ListPage) => pairs(reach, query, page)
      for (const offset of reach ? [0] : [0, 3]) {
        const { ids, atEnd } = await walk(list, { limit: 200, offset, pages: 4 })
        expect([query, ids]).toEqual([query, all.slice(offset, offset + ids.length)])
        if (atEnd) expect([query, ids.length]).toEqual([query, all.slice(offset).length])
      }
      const { count, more } = await list({ limit: 25, offset: 0 })
      if (more || count > 10_000)
        expect([query, count]).toEqual([query, expect.toSatisfy((is) => is <= all.length)])
      else expect([query, count]).toEqual([query, all.length])
    }
  }
})

test('a first page is full however far from the beginning its files are, and `next` or its offset alone lead on from there', async () => {
  // What is found begins behind what one page looks at.
  const query = { expires_before: before(5.875) }
  const list = (page: ListPage) => pairs(null, query, page)
  const { rows } = await sql<{ id: string }>`select id from fastq_upload
    where r_notation = 'R1' and ${expiring(query.expires_before)} order by created desc, id desc`.execute(
    t.services.db,
  )
  const limit = 2_000
  const first = await list({ limit, offset: 0 })
  expect([first.rows.length, first.end, first.count]).toEqual([limit + 1, undefined, rows.length])
  for (const byOffset of [false, true]) {
    const { ids, atEnd, empty } = await walk(list, { limit, offset: 0, pages: 20, byOffset })
    expect([byOffset, empty, atEnd, ids]).toEqual([byOffset, 0, true, rows.map(({ id }) => id)])
  }
})

test('a full page is found of however many projects', async () => {
  const reach = [big, ...Array.from({ length: 150 }, () => crypto.randomUUID())]
  expect((await uploads(reach, { search: 'r' }, { limit: 200, offset: 0 })).rows).toHaveLength(201)
})

test('what changes while a list is read is in it as it was', async () => {
  let paths: unknown[] = []
  const changing = t.services.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (paths.length > 0 || !('pair_path' in (result.rows[0] ?? {}))) return result
      paths = result.rows.map((row) => row.pair_path)
      await sql`update fastq_upload set pair_path = pair_path || '-other'
        where r_notation = 'R2' and pair_path = any(${paths})`.execute(t.services.db)
      return result
    },
  })
  const { rows } = await selectPairs(changing, null, SheetFilter.parse({}), { limit: 25, offset: 0 })
  expect([paths.length, rows.filter(({ r2 }) => r2 === undefined)]).toEqual([26, []])
  await sql`update fastq_upload set pair_path = replace(pair_path, '-other', '')
    where r_notation = 'R2' and pair_path like '%-other'`.execute(t.services.db)
})

test('uploads are found by status and by any part of the destination, newest first', async () => {
  for (const [query, plainly] of [
    [{ status: 'failed' }, sql`status = 'failed'`],
    [{ status: 'started' }, sql`false`],
    [{ search: 'S19' }, sql`destination_path like '%s19%'`],
    [{ search: '-odd', status: 'succeeded' }, sql`destination_path like '%-odd%' and status = 'succeeded'`],
    [{ search: 'r' }, sql`true`],
    [{ search: 'un' }, sql`false`],
  ] as [Asked, ReturnType<typeof sql>][]) {
    for (const reach of [null, [small]]) {
      const { rows } = await sql<{ id: string }>`select id from fastq_upload
        where (${reach}::uuid[] is null or project_id = any(${reach})) and ${plainly}
        order by created desc, id desc`.execute(t.services.db)
      const { ids } = await walk((page) => uploads(reach, query, page), { limit: 150, offset: 0, pages: 4 })
      expect([query, ids]).toEqual([query, rows.map(({ id }) => id).slice(0, ids.length)])
      expect([query, ids.length]).toEqual([query, Math.min(rows.length, 600)])
    }
  }
})

test('no list of FASTQ files reads the table from end to end, whatever is asked', async () => {
  const slow = await slowPlansOf(t.databaseUrl, async () => {
    for (const reach of [null, [big], [small, big]]) {
      for (const make of SHEETS) await pairs(reach, make()[0], { limit: 25, offset: 0 })
      for (const search of ['', 's1234', 'zz', 'gncv://run', 'Иванов', 'v-r', 'fastq run'])
        await uploads(reach, { search }, { limit: 25, offset: 0 })
      await uploads(reach, { status: 'failed' }, { limit: 25, offset: 0 })
    }
  })
  expect(slow).toEqual([])
})
