import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** A service that may not change the trail neither opens months that are not needed nor notes an archive. */
export const auditLimits: Migration = {
  async up(db) {
    for (const statement of [OPEN_MONTH, NOTES]) await sql.raw(statement).execute(db)
  },
}

/** As before, for this month and the next only, or those of the head where its clock was ahead. */
const OPEN_MONTH = `create or replace function audit_open_month(month date) returns void language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    name text := 'audit_entry_' || to_char(month, 'YYYY_MM');
    this date := (select greatest(head.month, date_trunc('month', app_now() at time zone 'UTC')::date)
      from public.audit_head head);
  begin
    if to_regclass('public.' || name) is not null then
      return;
    end if;
    if month < this or month >= this + interval '2 months' then
      raise exception 'No month but this one and the next is opened.';
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

const NOTES = `do $$
  declare
    holder record;
  begin
    for holder in
      select distinct grantee::regrole as name from pg_class, aclexplode(relacl)
       where pg_class.oid = 'audit_archive'::regclass and grantee not in (0, relowner)
    loop
      execute format('revoke insert, update, delete, truncate on audit_archive from %s', holder.name);
    end loop;
  end $$`
