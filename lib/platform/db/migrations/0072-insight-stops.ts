import { type Kysely, sql } from 'kysely'
import { type Migration, patiently } from '../migration.ts'

/** Sessions of one statement. */
const BATCH = 1_000

/**
 * Where links stopped that ended without a file, and why: each is counted once. `insight_link` remembers it like the rest
 * of what a link adds to the counters, and `insight_stop` follows that table, whoever changes it: also a release that
 * does not know it, and rebuilds. Links that ended before are counted here, some ten thousand a second.
 */
export const insightStops: Migration = {
  online: true,
  async up(db) {
    // At once: the function of before does not fit a table that has only some of this. With the lock that `insight_merge`
    // takes, so that it waits for none that is counting.
    await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(48616)`.execute(tx)
      for (const statement of STATEMENTS) await sql.raw(statement).execute(tx)
    })
    await patiently(db, () => countEnded(db))
  },
}

const COUNT = `create or replace function insight_count(ids uuid[]) returns void language sql as $$
  with was as materialized (
    select * from insight_link where sample_id = any($1)
  ),
  file as (
    select sample_id, true as checked, max(received_at) as received_at,
           max(received_at) filter (where state = 'accepted') as accepted_at,
           max(vendor) filter (where state = 'accepted') as vendor
      from upload where sample_id = any($1) group by sample_id
  ),
  told as (
    select sample_id, jsonb_agg(jsonb_build_array(day, kind, reason, n)) as reasons
      from (select sample_id, (created at time zone 'UTC')::date as day, kind, reason, count(*) as n
              from session_event where sample_id = any($1) and reason is not null group by 1, 2, 3, 4) event
     group by sample_id
  ),
  -- The last thing that kept a file out: it explains the end better than that the page was left or the time was over.
  stop as (
    select distinct on (sample_id) sample_id, reason, detail
      from session_event
     where sample_id = any($1) and reason is not null
       and kind in ('refused_in_browser', 'rejected', 'interrupted', 'left')
     order by sample_id, kind = 'left', created desc, id desc
  ),
  now as materialized (
    select sample.id as sample_id, sample.project_id, (sample.created at time zone 'UTC')::date as day,
           coalesce(file.vendor, '') as vendor, session.opened_at is not null as opened,
           coalesce(file.checked, false) as checked, file.received_at is not null as uploaded,
           session.state = 'received' as received,
           case when sample.status in ('succeeded', 'failed qc', 'failed') then sample.status end as outcome,
           insight_bucket(session.opened_at - sample.created) as opened_in,
           case when session.state = 'received' then insight_bucket(file.accepted_at - session.opened_at) end
             as received_in,
           case when sample.status in ('succeeded', 'failed qc')
             then insight_bucket(sample.status_at - file.accepted_at) end as done_in,
           told.reasons,
           case when session.state not in ('expired', 'canceled') then null
                when session.opened_at is null then 'opened'
                when file.sample_id is null then 'checked'
                when file.received_at is null then 'uploaded'
                else 'received' end as stopped_before,
           case session.state when 'expired' then coalesce(stop.reason, session.reason, 'session_expired')
                when 'canceled' then 'link_canceled' end as stop_reason,
           case session.state when 'expired' then stop.detail end as stop_detail
      from sample join upload_session session on session.sample_id = sample.id
      left join file on file.sample_id = sample.id
      left join told on told.sample_id = sample.id
      left join stop on stop.sample_id = sample.id
     where sample.id = any($1) and session.sample_id = any($1)
  ),
  link as (
    insert into insight_link select * from now
      on conflict (sample_id) do update
      set vendor = excluded.vendor, opened = excluded.opened, checked = excluded.checked,
          uploaded = excluded.uploaded, received = excluded.received, outcome = excluded.outcome,
          opened_in = excluded.opened_in, received_in = excluded.received_in, done_in = excluded.done_in,
          reasons = excluded.reasons, stopped_before = excluded.stopped_before,
          stop_reason = excluded.stop_reason, stop_detail = excluded.stop_detail
  ),
  gone as (
    delete from insight_link where sample_id in (select sample_id from was except select sample_id from now)
  ),
  change as materialized (
    select wide.*, counted.project_id as counted_in
      from (select -1 as sign, was.* from was union all select 1, now.* from now) wide
      cross join lateral (values (wide.project_id), ('00000000-0000-0000-0000-000000000000'::uuid)) counted (project_id)
  ),
  days as (
    insert into insight_day as day
      select counted_in, change.day, vendor, sum(sign), sum(sign * opened::int), sum(sign * checked::int),
             sum(sign * uploaded::int), sum(sign * received::int),
             sum(sign * (outcome is not distinct from 'succeeded')::int),
             sum(sign * (outcome is not distinct from 'failed qc')::int),
             sum(sign * (outcome is not distinct from 'failed')::int)
        from change group by 1, 2, 3
      on conflict (project_id, day, vendor) do update
      set minted = day.minted + excluded.minted, opened = day.opened + excluded.opened,
          checked = day.checked + excluded.checked, uploaded = day.uploaded + excluded.uploaded,
          received = day.received + excluded.received, succeeded = day.succeeded + excluded.succeeded,
          failed_qc = day.failed_qc + excluded.failed_qc, failed = day.failed + excluded.failed
  ),
  reasons as (
    insert into insight_reason as one
      select counted_in, (told ->> 0)::date, told ->> 1, told ->> 2, sum(sign * (told ->> 3)::int)
        from change cross join lateral jsonb_array_elements(reasons) told
       group by 1, 2, 3, 4 having sum(sign * (told ->> 3)::int) <> 0
      on conflict (project_id, day, kind, reason) do update set n = one.n + excluded.n
  )
  insert into insight_time as one
    select counted_in, change.day, step, bucket, sum(sign)
      from change cross join lateral (
        values ('until_opened', opened_in), ('until_received', received_in), ('until_done', done_in)
      ) took (step, bucket)
     where bucket is not null group by 1, 2, 3, 4 having sum(sign) <> 0
    on conflict (project_id, day, step, bucket) do update set n = one.n + excluded.n
$$`

const add = (rows: string) => `
      insert into insight_stop as one
        select counted.project_id, unit, date_trunc(unit, link.day)::date, link.stopped_before, link.stop_reason,
               coalesce(link.stop_detail, ''), sum(sign)
          from (${rows}) link
          cross join lateral (
            values (link.project_id), ('00000000-0000-0000-0000-000000000000'::uuid)
          ) counted (project_id)
          cross join unnest(array['day', 'month']) unit
         where link.stopped_before is not null group by 1, 2, 3, 4, 5, 6 having sum(sign) <> 0
        on conflict (project_id, unit, day, stage, reason, detail) do update set n = one.n + excluded.n;`

const WAS = 'select -1 as sign, was.* from was'
const NOW = 'select 1 as sign, now.* from now'

const STATEMENTS = [
  // By days and, from their first one, by whole months, so that those of a year are some thousand rows.
  `create table if not exists insight_stop (
    project_id uuid not null,
    unit text not null,
    day date not null,
    stage text not null,
    reason text not null,
    detail text not null,
    n integer not null,
    primary key (project_id, unit, day, stage, reason, detail)
  )`,
  `alter table insight_link add column if not exists stopped_before text,
    add column if not exists stop_reason text, add column if not exists stop_detail text`,
  `create or replace function insight_add_to_stops() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then ${add(NOW)}
      elsif tg_op = 'DELETE' then ${add(WAS)}
      else ${add(`${WAS} union all ${NOW}`)}
      end if;
      return null;
    end $$`,
  `create or replace trigger insight_link_inserted after insert on insight_link
    referencing new table as now for each statement execute function insight_add_to_stops()`,
  `create or replace trigger insight_link_updated after update on insight_link
    referencing old table as was new table as now for each statement execute function insight_add_to_stops()`,
  `create or replace trigger insight_link_deleted after delete on insight_link
    referencing old table as was for each statement execute function insight_add_to_stops()`,
  COUNT,
]

/** Counting one twice changes nothing. With the lock that `insight_merge` takes, since others count meanwhile. */
async function countEnded(db: Kysely<unknown>): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select sample_id as id from upload_session
       where sample_id > ${after}::uuid order by sample_id limit ${BATCH}`.execute(db)
    await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(48616)`.execute(tx)
      await sql`select insight_count(array(
        select sample_id from upload_session
         where sample_id = any(${rows.map(({ id }) => id)}::uuid[]) and state in ('expired', 'canceled')))`.execute(
        tx,
      )
    })
    if (rows.length < BATCH) break
    after = rows.at(-1)!.id
  }
}
