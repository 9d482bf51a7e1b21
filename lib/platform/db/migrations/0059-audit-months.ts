import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * First of three steps to a partition of the audit trail for each month: every entry has a month, and the trail so far all
 * the same one, which is noted without touching a row. Until the third step the service goes on with one table.
 */
export const auditMonths: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  // The month of the newest entry. It never goes back, so the entries of a month follow one another without a gap.
  `alter table audit_head add column month date not null default date_trunc('month', app_now() at time zone 'UTC')::date`,
  `do $$
    declare
      this date := (select head.month from audit_head head);
    begin
      execute format('alter table audit_entry add column month date not null default %L', this);
      execute format('alter table audit_entry add constraint audit_entry_first_months check (month < %L) not valid',
        (this + interval '1 month')::date);
    end $$`,
  // For a call of the function below that was under way, which knows nothing of months.
  `create function audit_first_month() returns trigger language plpgsql as $$
    begin
      new.month := (select month from audit_head);
      return new;
    end $$`,
  `create trigger audit_entry_first_month before insert on audit_entry
    for each row when (new.month is null) execute function audit_first_month()`,
  // As before, with the names of the columns.
  `create or replace function audit_chain_waiting(most integer) returns integer language plpgsql as $$
    declare
      waiting audit_waiting;
      entry audit_entry;
      before bytea;
      number bigint;
      chained bigint[] := '{}';
    begin
      if not exists (select from audit_waiting) then
        return 0;
      end if;
      select head.seq, head.hash into number, before from audit_head head for update;
      for waiting in select * from audit_waiting order by id limit most loop
        number := number + 1;
        entry := row(number, waiting.at, waiting.actor_kind, waiting.actor_id, waiting.action, waiting.project_id,
          waiting.targets, waiting.request_id, null, waiting.address, null);
        before := sha256(before || convert_to(audit_text(entry), 'UTF8'));
        insert into audit_entry
            (seq, at, actor_kind, actor_id, action, project_id, targets, request_id, hash, address)
          values (number, waiting.at, waiting.actor_kind, waiting.actor_id, waiting.action, waiting.project_id,
            waiting.targets, waiting.request_id, before, waiting.address);
        chained := chained || waiting.id;
      end loop;
      perform set_config('arraydrop.chaining', 'on', true);
      delete from audit_waiting where id = any(chained);
      perform set_config('arraydrop.chaining', 'off', true);
      update audit_head set seq = number, hash = before;
      return cardinality(chained);
    end $$`,
]
