import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What is left of deleted samples, what retention has still to erase, and the trail of who did what. */
export const erasureAndAudit: Migration = {
  async up(db) {
    for (const statement of [...ERASURE, ...RETENTION, ...AUDIT, ...CHAIN])
      await sql.raw(statement).execute(db)
  },
}

const ERASURE = [
  // No foreign keys: a tombstone outlives whatever it names.
  `create table sample_tombstone (
    sample_id uuid primary key,
    project_id uuid not null,
    deleted_at timestamptz not null,
    deleted_by_kind text not null,
    deleted_by_id uuid,
    files integer not null,
    bytes bigint not null,
    erased_at timestamptz,
    quiet_checks integer not null default 0,
    next_check_at timestamptz
  )`,
  `create index sample_tombstone_by_project on sample_tombstone (project_id, deleted_at)`,
  `create index sample_tombstone_due on sample_tombstone (next_check_at) where next_check_at is not null`,
  // A kept answer may repeat what was said of a sample, metadata included: it goes with the sample.
  `alter table idempotency add column sample_id uuid`,
  `create index idempotency_by_sample on idempotency (sample_id) where sample_id is not null`,
]

const RETENTION = [
  // When the bytes of an accepted original were erased; the row stays, so that the sample still has had its one file.
  `alter table upload add column erased_at timestamptz`,
  `create index upload_to_retain on upload (received_at) where state = 'accepted' and erased_at is null`,
  `create index deliverable_by_created on deliverable (created)`,
  `create table file_erasure (
    storage_key text primary key,
    created timestamptz not null default app_now()
  )`,
  `create table retention (
    only_one boolean primary key default true check (only_one),
    next_at timestamptz not null
  )`,
  `insert into retention (next_at) values (app_now())`,
]

const AUDIT = [
  `create table audit_entry (
    seq bigint primary key check (seq > 0),
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('api_key', 'user', 'link', 'retention', 'system')),
    actor_id uuid,
    action text not null,
    project_id uuid,
    targets uuid[] not null,
    request_id text,
    hash bytea not null check (octet_length(hash) = 32)
  )`,
  `create index audit_entry_by_project on audit_entry (project_id, seq desc)`,
  `create index audit_entry_by_target on audit_entry using gin (targets)`,
  `create table audit_head (
    only_one boolean primary key default true check (only_one),
    seq bigint not null,
    hash bytea not null
  )`,
  // Every installation begins with a hash of its own: entries of another one do not fit into its chain.
  `insert into audit_head (seq, hash)
    select 0, sha256(convert_to('arraydrop audit ' || id, 'UTF8')) from organization`,
]

const CHAIN = [
  // What is hashed of an entry: all of it, as one text that every version of PostgreSQL writes alike.
  `create function audit_text(entry audit_entry) returns text language sql stable
    return jsonb_build_array((entry).seq, to_char((entry).at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      (entry).actor_kind, (entry).actor_id, (entry).action, (entry).project_id, (entry).targets,
      (entry).request_id)::text`,
  // The head is held until the transaction ends, so the chain has neither gaps nor branches.
  `create function audit_chain() returns trigger language plpgsql as $$
    declare
      before bytea;
    begin
      select head.seq + 1, head.hash into new.seq, before from audit_head head for update;
      new.at := app_now();
      new.hash := sha256(before || convert_to(audit_text(new), 'UTF8'));
      update audit_head set seq = new.seq, hash = new.hash;
      return new;
    end $$`,
  `create trigger audit_entry_chain before insert on audit_entry for each row execute function audit_chain()`,
  `create function audit_refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'The audit trail is only ever added to';
    end $$`,
  `create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_refuse()`,
]
