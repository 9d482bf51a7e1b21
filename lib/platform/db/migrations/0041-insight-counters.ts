import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * Insights are kept as counters of days. A change of a sample, its session, its files or its timeline only notes the
 * sample, in a row of its own and in the same transaction, so nobody waits for anybody. What one sample adds to the
 * counters is remembered in `insight_link`; counting a noted sample takes that back and adds what it is now.
 */
export const insightCounters: Migration = {
  async up(db) {
    for (const statement of [...TABLES, ...NOTES, COUNT, MERGE]) await sql.raw(statement).execute(db)
  },
}

const TABLES = [
  // Rows come and go all the time: cleaned by their number.
  `create table insight_change (
    id bigint generated always as identity primary key,
    sample_id uuid not null
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  // No foreign keys: a deleted sample is taken out of the counters by what is here.
  `create table insight_link (
    sample_id uuid primary key,
    project_id uuid not null,
    day date not null,
    vendor text not null,
    opened boolean not null,
    checked boolean not null,
    uploaded boolean not null,
    received boolean not null,
    outcome text,
    opened_in smallint,
    received_in smallint,
    done_in smallint,
    reasons jsonb
  )`,
  // Project 00000000-… stands for all of them together; vendor '' for links without an accepted file.
  `create table insight_day (
    project_id uuid not null,
    day date not null,
    vendor text not null,
    minted integer not null,
    opened integer not null,
    checked integer not null,
    uploaded integer not null,
    received integer not null,
    succeeded integer not null,
    failed_qc integer not null,
    failed integer not null,
    primary key (project_id, day, vendor)
  )`,
  `create table insight_reason (
    project_id uuid not null,
    day date not null,
    kind text not null,
    reason text not null,
    n integer not null,
    primary key (project_id, day, kind, reason)
  )`,
  // Eight buckets each time a time doubles: bucket n begins at 2^(n/8) seconds.
  `create table insight_time (
    project_id uuid not null,
    day date not null,
    step text not null,
    bucket smallint not null,
    n integer not null,
    primary key (project_id, day, step, bucket)
  )`,
  `create function insight_bucket(span interval) returns smallint language sql immutable strict
    return floor(8 * ln(greatest(extract(epoch from span)::float8, 0.001)) / ln(2::float8))::smallint`,
]

const NOTES = [
  `create function insight_note() returns trigger language plpgsql as $$
    begin
      insert into insight_change (sample_id) values (new.sample_id);
      return null;
    end $$`,
  `create function insight_note_sample() returns trigger language plpgsql as $$
    begin
      insert into insight_change (sample_id) values (old.id);
      return null;
    end $$`,
  `create trigger insight_sample_changed after update on sample for each row
    when (old.status is distinct from new.status or old.status_at is distinct from new.status_at)
    execute function insight_note_sample()`,
  `create trigger insight_sample_deleted after delete on sample for each row execute function insight_note_sample()`,
  `create trigger insight_session_minted after insert on upload_session for each row execute function insight_note()`,
  `create trigger insight_session_changed after update on upload_session for each row
    when (old.state is distinct from new.state or old.opened_at is distinct from new.opened_at)
    execute function insight_note()`,
  `create trigger insight_upload_begun after insert on upload for each row execute function insight_note()`,
  `create trigger insight_upload_changed after update on upload for each row
    when (old.state is distinct from new.state or old.received_at is distinct from new.received_at
      or old.vendor is distinct from new.vendor)
    execute function insight_note()`,
  `create trigger insight_event_told after insert on session_event for each row
    when (new.reason is not null) execute function insight_note()`,
]

/** Counts these samples, each as often as it likes. One process at a time: see `insight_merge`. */
const COUNT = `create function insight_count(ids uuid[]) returns void language sql as $$
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
           told.reasons
      from sample join upload_session session on session.sample_id = sample.id
      left join file on file.sample_id = sample.id
      left join told on told.sample_id = sample.id
     where sample.id = any($1) and session.sample_id = any($1)
  ),
  link as (
    insert into insight_link select * from now
      on conflict (sample_id) do update
      set vendor = excluded.vendor, opened = excluded.opened, checked = excluded.checked,
          uploaded = excluded.uploaded, received = excluded.received, outcome = excluded.outcome,
          opened_in = excluded.opened_in, received_in = excluded.received_in, done_in = excluded.done_in,
          reasons = excluded.reasons
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

/**
 * Counts samples that were noted, as many notes as given. Returns how many notes that were: 0 once none is left, and when
 * another process keeps the counters to itself for longer than a moment.
 */
const MERGE = `create function insight_merge(most integer) returns integer language plpgsql as $$
  declare
    ids uuid[];
    notes integer;
  begin
    if not exists (select from insight_change) then
      return 0;
    end if;
    perform set_config('lock_timeout', '3s', true);
    begin
      perform pg_advisory_xact_lock(48616);
    exception when lock_not_available then
      return 0;
    end;
    with taken as (
      delete from insight_change where id in (select id from insight_change order by id limit most)
        returning sample_id
    )
    select array_agg(distinct sample_id), count(*) into ids, notes from taken;
    if notes > 0 then
      perform insight_count(ids);
    end if;
    return notes;
  end $$`
