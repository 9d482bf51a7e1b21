import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * Third step: the audit trail is partitioned by month. The table of before is its first partition, with all its rows and
 * indexes; nothing is read or written anew. docs/decisions/0021 says why by the month in which an entry is chained.
 */
export const auditPartitions: Migration = {
  async up(db) {
    for (const statement of [OPEN_MONTH, OPEN_MONTHS, TURN_MONTH, PARTITION, CHAIN, ...ARCHIVE])
      await sql.raw(statement).execute(db)
  },
}

/**
 * Makes the partition of a month, if it is not there. With the rights of the schema's owner, for a service that may not
 * create tables. Readers and writers of the trail do not wait for it. A place in the chain is unique within the month by its
 * key, and among months because whoever gives one holds the head.
 */
const OPEN_MONTH = `create function audit_open_month(month date) returns void language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    name text := 'audit_entry_' || to_char(month, 'YYYY_MM');
  begin
    if to_regclass('public.' || name) is not null then
      return;
    end if;
    lock table public.audit_entry in share update exclusive mode;
    if to_regclass('public.' || name) is not null then
      return;
    end if;
    execute format('create table public.%I (like public.audit_entry including all, primary key (seq))', name);
    execute format('create trigger audit_entry_append_only before update or delete or truncate on public.%I
      for each statement execute function public.audit_refuse()', name);
    execute format('alter table public.audit_entry attach partition public.%I for values from (%L) to (%L)',
      name, date_trunc('month', month)::date, (date_trunc('month', month) + interval '1 month')::date);
  end $$`

/** This month and the next: there is a partition before there is an entry for it. */
const OPEN_MONTHS = `create function audit_open_months() returns void language plpgsql as $$
  declare
    this date := (select greatest(month, date_trunc('month', app_now() at time zone 'UTC')::date) from audit_head);
  begin
    perform audit_open_month(this);
    perform audit_open_month((this + interval '1 month')::date);
  end $$`

/** The month in which the next entry is chained. Holds the head until the transaction ends. */
const TURN_MONTH = `create function audit_turn_month() returns date language plpgsql as $$
  declare
    this date := date_trunc('month', app_now() at time zone 'UTC')::date;
    held date;
  begin
    select head.month into held from audit_head head for update;
    if this > held then
      update audit_head set month = this;
    end if;
    return greatest(this, held);
  end $$`

const PARTITION = `do $$
  declare
    this date := (select month from audit_head);
    first text := 'audit_entry_' || to_char(this, 'YYYY_MM');
    holder record;
  begin
    execute format('alter table audit_entry rename to %I', first);
    execute format('drop trigger audit_entry_chain on %I', first);
    execute format('drop trigger audit_entry_first_month on %I', first);
    drop function audit_first_month();
    execute format('create table audit_entry (like %I including defaults including constraints)
      partition by range (month)', first);
    alter table audit_entry drop constraint audit_entry_first_months;
    -- An entry that a process of the release before adds finds its month by itself.
    alter table audit_entry alter column month set default audit_turn_month();
    create index audit_trail_by_target on audit_entry using gin (targets);
    create index audit_trail_by_time on audit_entry (at);
    create index audit_trail_of_project on audit_entry (project_id, seq);
    create index audit_trail_of_action on audit_entry (action, seq);
    create index audit_trail_of_actor on audit_entry (actor_id, seq) where actor_id is not null;
    -- What is hashed of an entry, as before: its month is where it is kept, not what it says.
    create function audit_text(entry audit_entry) returns text language sql stable
      return (jsonb_build_array((entry).seq, to_char((entry).at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        (entry).actor_kind, (entry).actor_id, (entry).action, (entry).project_id, (entry).targets,
        (entry).request_id) ||
        case when (entry).address is null then '[]'::jsonb else jsonb_build_array((entry).address) end)::text;
    execute format('drop function audit_text(%I)', first);
    create trigger audit_entry_chain before insert on audit_entry
      for each row when (new.hash is null) execute function audit_chain();
    create trigger audit_entry_append_only before update or delete or truncate on audit_entry
      for each statement execute function audit_refuse();
    for holder in
      select grantee::regrole as name, privilege_type as may
        from pg_class, aclexplode(relacl) where pg_class.oid = first::regclass and grantee not in (0, relowner)
    loop
      execute format('grant %s on audit_entry to %s', holder.may, holder.name);
    end loop;
    execute format('alter table audit_entry attach partition %I for values from (minvalue) to (%L)',
      first, (this + interval '1 month')::date);
    perform audit_open_months();
  end $$`

const CHAIN = `create or replace function audit_chain_waiting(most integer) returns integer language plpgsql as $$
  declare
    waiting audit_waiting;
    entry audit_entry;
    before bytea;
    number bigint;
    this date;
    chained bigint[] := '{}';
  begin
    perform audit_open_months();
    if not exists (select from audit_waiting) then
      return 0;
    end if;
    this := audit_turn_month();
    select head.seq, head.hash into number, before from audit_head head;
    for waiting in select * from audit_waiting order by id limit most loop
      number := number + 1;
      entry := row(number, waiting.at, waiting.actor_kind, waiting.actor_id, waiting.action, waiting.project_id,
        waiting.targets, waiting.request_id, null, waiting.address, this);
      before := sha256(before || convert_to(audit_text(entry), 'UTF8'));
      entry.hash := before;
      insert into audit_entry select (entry).*;
      chained := chained || waiting.id;
    end loop;
    perform set_config('arraydrop.chaining', 'on', true);
    delete from audit_waiting where id = any(chained);
    perform set_config('arraydrop.chaining', 'off', true);
    update audit_head set seq = number, hash = before;
    return cardinality(chained);
  end $$`

/** What has left the database for a file, oldest first: each follows from the one before, and the trail from the last. */
const ARCHIVE = [
  `create table audit_archive (
    month date primary key,
    first bigint not null unique,
    last bigint not null check (last >= first),
    hash bytea not null check (octet_length(hash) = 32),
    file text not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    created timestamptz not null default app_now()
  )`,
  `create trigger audit_archive_append_only before update or delete or truncate on audit_archive
    for each statement execute function audit_refuse()`,
]
