import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Who wants to be told what, what happened, and each telling with its state: the queue of deliveries is this table. */
export const webhooks: Migration = {
  async up(db) {
    for (const statement of [...SUBSCRIPTIONS, ...EVENTS]) await sql.raw(statement).execute(db)
  },
}

const SUBSCRIPTIONS = [
  `create table subscription (
    id uuid primary key default gen_random_uuid(),
    project_id uuid not null references project on delete cascade,
    name text not null default '',
    target text not null,
    event_types text[] not null check (cardinality(event_types) > 0),
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now(),
    failing_since timestamptz,
    last_failure_at timestamptz,
    disabled_at timestamptz,
    disabled_reason text,
    check ((disabled_at is null) = (disabled_reason is null))
  )`,
  `create index subscription_by_project on subscription (project_id, created)`,

  `create table subscription_secret (
    id uuid primary key default gen_random_uuid(),
    subscription_id uuid not null references subscription on delete cascade,
    sealed text not null,
    created timestamptz not null default app_now(),
    expires_at timestamptz
  )`,
  `create index subscription_secret_of on subscription_secret (subscription_id)`,
  `create unique index subscription_secret_one_current on subscription_secret (subscription_id)
    where expires_at is null`,
]

const EVENTS = [
  // json, not jsonb: every delivery of an event sends the same bytes, so the order of keys must stay.
  `create table webhook_event (
    id uuid primary key,
    project_id uuid not null references project on delete cascade,
    sample_id uuid references sample on delete cascade,
    type text not null,
    payload json not null,
    created timestamptz not null default app_now()
  )`,
  `create index webhook_event_created on webhook_event (created)`,
  `create index webhook_event_by_project on webhook_event (project_id)`,
  `create index webhook_event_by_sample on webhook_event (sample_id) where sample_id is not null`,

  // seq is the order of events: a sample's row is locked while it changes, so per sample it is the order of changes.
  `create table notification (
    id uuid primary key default gen_random_uuid(),
    seq bigint generated always as identity,
    subscription_id uuid not null references subscription on delete cascade,
    event_id uuid not null references webhook_event on delete cascade,
    sample_id uuid,
    state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0 check (attempts >= 0),
    attempts_max integer not null,
    queued_at timestamptz not null default app_now(),
    due_at timestamptz not null default app_now(),
    in_flight boolean not null default false,
    attempted_at timestamptz,
    duration_ms integer,
    response_status integer,
    response_message text,
    created timestamptz not null default app_now()
  )`,
  // What may be taken up, what is under way, and what a later event of the same sample waits for: each as small as that.
  `create index notification_due on notification (subscription_id, due_at, seq)
    where state = 'pending' and not in_flight`,
  `create index notification_under_way on notification (subscription_id, due_at) where in_flight`,
  `create index notification_in_order on notification (sample_id, seq)
    where state = 'pending' and sample_id is not null`,
  `create index notification_log on notification (subscription_id, created desc, seq desc)`,
  `create index notification_by_event on notification (event_id)`,
]
