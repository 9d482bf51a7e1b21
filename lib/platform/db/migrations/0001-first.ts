import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Every table of `schema.ts`. Plain SQL for PostgreSQL 15 and later: the embedded server is newer, a given one may not be. */
export const first: Migration = {
  async up(db) {
    for (const statement of [...CLOCK, ...PROJECTS, ...SAMPLES, ...SESSIONS, ...UPLOADS, ...RUNS]) {
      await run(db, statement)
    }
  },
}

const run = (db: Kysely<unknown>, statement: string) => sql.raw(statement).execute(db)

/** The one time that counts: the server's own, plus what the test clock was advanced by. */
const CLOCK = [
  `create table clock (
    id boolean primary key default true check (id),
    offset_seconds double precision not null default 0
  )`,
  `insert into clock default values`,
  // Stable, though clock_timestamp() is not: so an index can be asked about it, and it is evaluated once for that.
  // The body is bound to the table when it is made, so a caller's search_path cannot lead it elsewhere.
  `create function app_now() returns timestamptz language sql stable parallel safe
    return clock_timestamp() + (select offset_seconds from clock) * interval '1 second'`,
]

const PROJECTS = [
  `create table project (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    description text not null default '',
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now(),
    is_array_default boolean not null default false,
    settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object')
  )`,
  `create unique index project_one_array_default on project (is_array_default) where is_array_default`,

  // A key bound to a project goes with it; set to null it would suddenly see every project.
  `create table api_key (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    prefix text not null unique,
    hash bytea not null check (octet_length(hash) = 32),
    role text not null,
    project_id uuid references project on delete cascade,
    created timestamptz not null default app_now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
  )`,
  `create index api_key_project on api_key (project_id)`,

  `create table idempotency (
    api_key_id uuid not null references api_key on delete cascade,
    key text not null,
    request_hash bytea not null,
    response jsonb,
    created timestamptz not null default app_now(),
    primary key (api_key_id, key)
  )`,
  `create index idempotency_created on idempotency (created)`,
]

const SAMPLES = [
  // `status`, its note, id and time repeat the newest row of sample_status, so that a list reads one table.
  `create table sample (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references project on delete cascade,
    client_id text not null,
    metadata jsonb,
    status text not null check (status in (
      'consumer awaiting data', 'consumer session expired', 'scheduled', 'running',
      'succeeded', 'failed qc', 'failed', 'canceled')),
    status_note text not null default '',
    status_id uuid not null,
    status_at timestamptz not null,
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now(),
    qc jsonb,
    failed_qc text,
    run_id uuid
  )`,
  `create index sample_listing on sample (project_id, modified desc, id desc)`,
  `create index sample_by_created on sample (project_id, created desc, id desc)`,
  `create index sample_by_client_id on sample (project_id, client_id, id)`,
  `create index sample_metadata on sample using gin (metadata jsonb_path_ops)`,

  `create table sample_status (
    id uuid primary key default gen_random_uuid(),
    sample_id uuid not null references sample on delete cascade,
    status text not null,
    note text not null default '',
    created timestamptz not null default app_now()
  )`,
  `create index sample_status_history on sample_status (sample_id, created)`,
]

const SESSIONS = [
  `create table upload_session (
    sample_id uuid primary key references sample on delete cascade,
    jti text not null unique,
    state text not null check (state in ('minted', 'opened', 'received', 'expired', 'canceled')),
    reason text,
    locale text,
    redirect_on_success text not null default '',
    redirect_on_failure text not null default '',
    created timestamptz not null default app_now(),
    link_expires_at timestamptz not null,
    opened_at timestamptz,
    deadline timestamptz,
    ended_at timestamptz,
    tries integer not null default 0 check (tries >= 0),
    last_rejection jsonb,
    check ((opened_at is null) = (deadline is null)),
    check (deadline > opened_at),
    check (state not in ('opened', 'received') or opened_at is not null)
  )`,
  // What the sweeper asks for; both stay as small as the number of sessions under way.
  `create index upload_session_unopened on upload_session (link_expires_at) where state = 'minted'`,
  `create index upload_session_under_way on upload_session (deadline) where state = 'opened'`,

  `create table session_event (
    id uuid primary key default gen_random_uuid(),
    sample_id uuid not null references sample on delete cascade,
    kind text not null,
    reason text,
    detail text,
    created timestamptz not null default app_now()
  )`,
  `create index session_event_timeline on session_event (sample_id, created)`,
]

const UPLOADS = [
  `create table upload (
    id text primary key,
    sample_id uuid not null references sample on delete cascade,
    state text not null check (state in ('receiving', 'checking', 'accepted', 'rejected', 'discarded')),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null check (size >= 0),
    created timestamptz not null default app_now(),
    received_at timestamptz,
    ended_at timestamptz,
    storage_key text,
    vendor text,
    container text,
    reason text,
    detail text,
    line integer,
    summary jsonb,
    check (state <> 'accepted' or storage_key is not null)
  )`,
  `create index upload_by_sample on upload (sample_id, created)`,
  // One file per sample, exactly once: the last word on it.
  `create unique index upload_one_accepted on upload (sample_id) where state = 'accepted'`,
  `create index upload_under_way on upload (created) where state in ('receiving', 'checking')`,
]

const RUNS = [
  `create table run (
    id uuid primary key default gen_random_uuid(),
    sample_id uuid not null references sample on delete cascade,
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'canceled')),
    input jsonb not null,
    note text not null default '',
    attempts integer not null default 0 check (attempts >= 0),
    created timestamptz not null default app_now(),
    started_at timestamptz,
    ended_at timestamptz
  )`,
  `create index run_by_sample on run (sample_id, created)`,
  `create index run_under_way on run (created) where state in ('queued', 'running')`,
  `alter table sample add foreign key (run_id) references run on delete set null`,
  `create index sample_by_run on sample (run_id) where run_id is not null`,
]
