import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import type { Detail, FileReason } from '#lib/genotype/reason.ts'
import { insightStops } from '#lib/platform/db/migrations/0072-insight-stops.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { noteRefusal } from '#lib/sessions/note-refusal.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { slowPlansOf } from '#lib/testing/statement-plans.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { countInsights, rebuildInsights } from './count-insights.ts'
import { showInsights } from './show-insights.ts'

let t: TestServices
let projects: string[]

beforeAll(async () => {
  t = await testServices()
  projects = [(await t.aProject()).id, (await t.aProject()).id]
})
afterAll(() => t.stop())

const run = (statement: RawBuilder<unknown>) => statement.execute(t.services.db)

/** What the tables of counters hold, other than zeros. */
async function counters() {
  await countInsights(t.services)
  return Promise.all(
    [
      sql`select * from insight_day where minted <> 0 order by 1, 2, 3`,
      sql`select * from insight_reason where n <> 0 order by 1, 2, 3, 4`,
      sql`select * from insight_time where n <> 0 order by 1, 2, 3, 4`,
      sql`select * from insight_month where n <> 0 order by 1, 2, 3, 4`,
      sql`select * from insight_stop where n <> 0 order by 1, 2, 3, 4, 5, 6`,
    ].map(async (statement) => (await run(statement)).rows),
  )
}

/** The same, counted from the rows themselves. */
async function countedFromRows() {
  const link = sql`
    select sample.id, session.reason, sample.project_id, (sample.created at time zone 'UTC')::date as day, sample.status, session.state,
           session.opened_at - sample.created as until_opened, sample.status_at, session.opened_at,
           bool_or(upload.id is not null) as checked, max(upload.received_at) as received_at,
           max(upload.received_at) filter (where upload.state = 'accepted') as accepted_at,
           coalesce(max(upload.vendor) filter (where upload.state = 'accepted'), '') as vendor
      from sample join upload_session session on session.sample_id = sample.id
      left join upload on upload.sample_id = sample.id
     group by sample.id, session.sample_id`
  const everywhere = sql`cross join lateral (values (project_id), ('00000000-0000-0000-0000-000000000000'::uuid)) at (project)`
  return Promise.all(
    [
      sql`select project as project_id, day, vendor, count(*)::int as minted,
            count(opened_at)::int as opened, count(*) filter (where checked)::int as checked,
            count(received_at)::int as uploaded, count(*) filter (where state = 'received')::int as received,
            count(*) filter (where status = 'succeeded')::int as succeeded,
            count(*) filter (where status = 'failed qc')::int as failed_qc,
            count(*) filter (where status = 'failed')::int as failed
          from (${link}) link ${everywhere} group by 1, 2, 3 order by 1, 2, 3`,
      sql`select project as project_id, (event.created at time zone 'UTC')::date as day, kind, reason, count(*)::int as n
          from session_event event join sample on sample.id = event.sample_id ${everywhere}
         where reason is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      sql`select project as project_id, day, step, insight_bucket(took) as bucket, count(*)::int as n
          from (${link}) link
          cross join lateral (values ('until_opened', until_opened),
            ('until_received', case when state = 'received' then accepted_at - opened_at end),
            ('until_done', case when status in ('succeeded', 'failed qc') then status_at - accepted_at end)) times (step, took)
          ${everywhere} where took is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      sql`select project as project_id, date_trunc('month', day)::date as month, step, insight_bucket(took) as bucket, count(*)::int as n
          from (${link}) link
          cross join lateral (values ('until_opened', until_opened),
            ('until_received', case when state = 'received' then accepted_at - opened_at end),
            ('until_done', case when status in ('succeeded', 'failed qc') then status_at - accepted_at end)) times (step, took)
          ${everywhere} where took is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      sql`select project as project_id, unit, date_trunc(unit, day)::date as day,
            case when opened_at is null then 'opened' when not checked then 'checked'
                 when received_at is null then 'uploaded' else 'received' end as stage,
            case state when 'canceled' then 'link_canceled' else coalesce(last.reason, link.reason) end as reason,
            case state when 'canceled' then '' else coalesce(last.detail, '') end as detail, count(*)::int as n
          from (${link}) link left join lateral (
            select reason, detail from session_event
             where sample_id = link.id and kind in ('refused_in_browser', 'rejected', 'interrupted', 'left') and reason is not null
             order by (kind = 'left')::int, created desc, id desc limit 1) last on true
          ${everywhere} cross join unnest(array['day', 'month']) unit
          where state in ('expired', 'canceled') group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`,
    ].map(async (statement) => (await run(statement)).rows),
  )
}

const VENDORS = ['23andme', 'ancestrydna', 'myheritage']
const REASONS = ['not_a_zip', 'truncated', 'format_unrecognized']

/** Everything that can happen to a link, in any order that the tables allow. */
function history(random: () => number) {
  const links: string[] = []
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const later = () => sql`make_interval(secs => ${Math.floor(random() * 100_000)})`
  let files = 0
  const acts: ((id: string) => RawBuilder<unknown>)[] = [
    (id) => sql`with opened as (
        update upload_session set state = 'opened', opened_at = created + ${later()}, deadline = created + interval '9 days'
         where sample_id = ${id} and state = 'minted' returning sample_id, created)
      insert into session_event (sample_id, kind, reason, detail, created)
      select sample_id, kind, ${one(REASONS)}, ${one(['pdf', null])}, created + ${later()}
        from opened cross join unnest(array['refused_in_browser', 'interrupted', 'left']) kind where length(kind) > ${Math.floor(random() * 20)}`,
    (id) => sql`insert into upload (id, sample_id, state, sha256, size, created)
      select ${`${id}-${files++}`}, id, 'receiving', repeat('a', 64), 1, created from sample where id = ${id}`,
    (id) => sql`update upload set state = 'checking', received_at = created + ${later()}
      where sample_id = ${id} and state = 'receiving'`,
    (
      id,
    ) => sql`with file as (update upload set state = 'rejected' where sample_id = ${id} and state = 'checking'
        returning sample_id, created)
      insert into session_event (sample_id, kind, reason, created)
      select sample_id, 'rejected', ${one(REASONS)}, created + ${later()} from file`,
    (id) => sql`with file as (
        update upload set state = 'accepted', storage_key = 'k', vendor = ${one(VENDORS)}
         where id = (select id from upload where sample_id = ${id} and state = 'checking' limit 1)
           and not exists (select from upload where sample_id = ${id} and state = 'accepted')
        returning sample_id
      ), session as (update upload_session set state = 'received', opened_at = coalesce(opened_at, created),
        deadline = created + interval '9 days' where sample_id in (select sample_id from file) returning sample_id)
      update sample set status = 'scheduled' where id in (select sample_id from session)`,
    (
      id,
    ) => sql`update sample set status = ${one(['succeeded', 'failed qc', 'failed'])}, status_at = status_at + ${later()}
      where id = ${id} and status = 'scheduled'`,
    // Run again, and accepted in spite of its checks.
    (id) =>
      sql`update sample set status = 'scheduled' where id = ${id} and status in ('failed', 'succeeded')`,
    (id) => sql`update sample set status = 'succeeded', status_at = status_at + ${later()}
      where id = ${id} and status = 'failed qc'`,
    (id) => {
      const [state, reason] = one([
        ['expired', 'link_expired'],
        ['canceled', 'link_canceled'],
      ])
      return sql`with session as (update upload_session set state = ${state}, reason = ${reason}
          where sample_id = ${id} and state in ('minted', 'opened') returning sample_id)
        insert into session_event (sample_id, kind, reason) select sample_id, ${state}, ${reason} from session`
    },
  ]
  return async (steps: number) => {
    for (let step = 0; step < steps; step++) {
      const chance = random()
      if (links.length === 0 || chance < 0.15) {
        const id = crypto.randomUUID()
        links.push(id)
        await run(sql`with made as (
            insert into sample (id, project_id, client_id, status, status_id, status_at, created)
            select ${id}, ${one(projects)}, 'c', 'consumer awaiting data', gen_random_uuid(), at, at
              from (select app_now() - ${later()} * 5 as at) moment returning id, created)
          insert into upload_session (sample_id, jti, state, created, link_expires_at)
          select id, id::text, 'minted', created, created + interval '9 days' from made`)
      } else if (chance < 0.17) {
        const [gone] = links.splice(Math.floor(random() * links.length), 1)
        await run(sql`delete from sample where id = ${gone}`)
      } else {
        await run(one(acts)(one(links)))
        if (chance > 0.97) await countInsights(t.services)
      }
    }
  }
}

describe('counters of insights', () => {
  test('are what counting from the rows finds, whatever happened, in whatever order and by however many at once', async () => {
    await Promise.all([1, 2, 3].map((seed) => history(seededRandom(seed))(400)))
    const [days, reasons, times, months, stops] = await counters()
    expect([days!.length, reasons!.length, times!.length, stops!.length].every((rows) => rows > 10)).toBe(
      true,
    )
    expect([days, reasons, times, months, stops]).toEqual(await countedFromRows())
    expect(days!.some((row) => (row as { failed_qc: number }).failed_qc > 0)).toBe(true)
  })

  test('can be built again from the rows, also after they were wrong, and while others write', async () => {
    await run(sql`update insight_day set minted = minted + 5`)
    await run(sql`delete from insight_link where opened`)
    await run(sql`update insight_stop set n = n + 5`)
    await Promise.all([rebuildInsights(t.services), history(seededRandom(4))(60)])
    expect(await counters()).toEqual(await countedFromRows())
  })

  test('have the stops of links that ended before they were counted, after a rebuild by a release before, too', async () => {
    await run(sql`update insight_link set stopped_before = null, stop_reason = null, stop_detail = null`)
    expect((await counters()).at(-1)).toEqual([])
    await insightStops.up(t.services.db)
    await insightStops.up(t.services.db)
    expect(await counters()).toEqual(await countedFromRows())
    await run(sql`delete from insight_link`)
    expect((await counters()).at(-1)).toEqual([])
    await rebuildInsights(t.services)
  })

  test('count what every act of the service changes', async () => {
    const partner = await t.aPartner()
    projects.push(partner.project.id)
    const told = async () =>
      (await showInsights(t.services, { ...partner.caller, role: 'viewer' } as Caller, {})).funnel
    const links = [
      await t.aLink({}, partner),
      await t.anOpenLink({}, partner),
      await t.anOpenLink({}, partner),
    ]
    expect(await told()).toMatchObject({ minted: 3, opened: 2, checked: 0 })
    const upload = await t.anUpload(links[1]!)
    expect(await told()).toMatchObject({ checked: 1, uploaded: 0 })
    await receiveUpload(t.services, upload)
    expect(await told()).toMatchObject({ uploaded: 1, received: 0 })
    await verifyUpload(t.services, { uploadId: upload })
    expect(await told()).toMatchObject({ received: 1, succeeded: 0 })
    await t.advance(86_401)
    await expireSessions(t.services)
    expect(await counters()).toEqual(await countedFromRows())
    const caller = { ...partner.caller, role: 'manager' } as Caller
    const sampleIds = links.map(({ sampleId }) => sampleId)
    await deleteSamples(t.services, caller, {
      projectId: partner.project.id,
      fields: { sample_ids: sampleIds },
    })
    expect(await told()).toMatchObject({ minted: 0 })
    expect(await counters()).toEqual(await countedFromRows())
  })

  test('say of each link that stopped its last refusal, and of one that can still be used or has its file nothing', async () => {
    const partner = await t.aPartner()
    const told = async () => (await showInsights(t.services, partner.caller, {})).stops
    const refuse = ({ sampleId }: { sampleId: string }, reason: FileReason, detail: Detail) =>
      noteRefusal(t.services, { sampleId }, { reason, detail })
    const [gaveUp, left, later] = [
      await t.anOpenLink({}, partner),
      await t.anOpenLink({}, partner),
      await t.anOpenLink({}, partner),
    ]
    // Tries nothing.
    await t.anOpenLink({}, partner)
    await refuse(gaveUp, 'zip_damaged', 'truncated')
    await refuse(gaveUp, 'not_a_zip', 'pdf')
    await refuse(later, 'not_a_zip', 'pdf')
    await leaveSession(t.services, await t.readSession(left), 'user_canceled')
    const uploadId = await t.anUpload(later)
    await receiveUpload(t.services, uploadId)
    await verifyUpload(t.services, { uploadId })
    await cancelSession(t.services, (await t.aLink({}, partner)).sampleId)
    const canceled = { stage: 'opened', reason: 'link_canceled', detail: null, links: 1 }
    expect(await told()).toEqual([canceled])
    await t.advance(901)
    await expireSessions(t.services)
    expect(await told()).toEqual([
      { stage: 'checked', reason: 'not_a_zip', detail: 'pdf', links: 1 },
      { stage: 'checked', reason: 'session_expired', detail: null, links: 1 },
      { stage: 'checked', reason: 'user_canceled', detail: null, links: 1 },
      canceled,
    ])
  })

  test('count a backlog in part before an answer that cannot wait, and the rest afterwards', async () => {
    const waiting = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from insight_change`.execute(t.services.db))
        .rows[0]!.n
    await countInsights(t.services)
    await run(
      sql`insert into insight_change (sample_id) select gen_random_uuid() from generate_series(1, 2500)`,
    )
    await countInsights(t.services, () => true)
    expect(await waiting()).toBe(1_500)
    await countInsights(t.services)
    expect(await waiting()).toBe(0)
  })

  test('can be asked for the first and the last day that a date can name', async () => {
    const { caller } = await t.aPartner()
    for (const day of ['0001-01-01', '9999-12-31']) {
      const { funnel } = await showInsights(t.services, caller, { from: day, to: day })
      expect(funnel.minted, day).toBe(0)
    }
  })

  test('are changed without reading a table from end to end', async () => {
    const { rows } = await sql<{ body: string }>`
      select prosrc as body from pg_proc where proname = 'insight_count'`.execute(t.services.db)
    const slow = await slowPlansOf(t.databaseUrl, () =>
      t.services.db.executeQuery({
        ...sql.raw(rows[0]!.body.trim()).compile(t.services.db),
        parameters: [[crypto.randomUUID()]],
      }),
    )
    expect(slow).toEqual([])
  })
})
