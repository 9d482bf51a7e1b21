import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Every attempt to deliver a notification, kept with it. */
export const deliveryAttempts: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table notification_attempt (
    id uuid primary key default gen_random_uuid(),
    notification_id uuid not null references notification on delete cascade,
    at timestamptz not null default app_now(),
    duration_ms integer not null,
    response_status integer,
    response_message text not null,
    request_headers jsonb not null,
    response_headers jsonb not null
  )`,
  `create index notification_attempt_of on notification_attempt (notification_id, at desc)`,
]
