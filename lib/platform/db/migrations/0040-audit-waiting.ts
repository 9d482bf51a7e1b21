import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * Entries of the audit trail wait in a table of their own, durable with what they record, until they are chained many at
 * a time. So nobody who records something waits for anybody else who does.
 */
export const auditWaiting: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  // Rows come and go all the time: the table is cleaned by their number, however large it once was.
  `create table audit_waiting (
    id bigint generated always as identity primary key,
    at timestamptz not null default app_now(),
    actor_kind text not null check (actor_kind in ('api_key', 'user', 'link', 'anonymous', 'retention', 'system')),
    actor_id uuid,
    action text not null,
    project_id uuid,
    targets uuid[] not null,
    request_id text,
    address text
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
  `create index audit_waiting_by_actor on audit_waiting (actor_id, action)`,
  `create function audit_keep() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('arraydrop.chaining', true) = 'on' then
        return null;
      end if;
      raise exception 'The audit trail is only ever added to';
    end $$`,
  `create trigger audit_waiting_kept before update or delete or truncate on audit_waiting
    for each statement execute function audit_keep()`,
  // The head is held while a batch is chained, so the chain has neither gaps nor branches. The head is locked before the
  // entries are read: what another process has chained is no longer among them.
  `create function audit_chain_waiting(most integer) returns integer language plpgsql as $$
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
          waiting.targets, waiting.request_id, null, waiting.address);
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
    end $$`,
  // An entry that a process of the release before adds is chained at once, as it always was.
  `create or replace trigger audit_entry_chain before insert on audit_entry
    for each row when (new.hash is null) execute function audit_chain()`,
]
