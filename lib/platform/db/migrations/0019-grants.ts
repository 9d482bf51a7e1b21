import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What grants depend on, tries to sign in counted for all processes, and addresses in the audit trail. */
export const grants: Migration = {
  async up(db) {
    for (const statement of [...GRANTS, ...TRIES, ...AUDIT]) await sql.raw(statement).execute(db)
  },
}

const GRANTS = [
  `create index api_key_by_maker on api_key (created_by) where created_by is not null`,
  `create index sign_in_link_by_maker on sign_in_link (created_by) where used_at is null`,
]

const TRIES = [
  // Not logged: after a crash of the database counting begins again, which costs an attacker's minute and no data.
  `create unlogged table sign_in_try (
    name bytea primary key,
    times timestamptz[] not null,
    quiet_at timestamptz not null
  )`,
  `create index sign_in_try_quiet on sign_in_try (quiet_at)`,
]

const AUDIT = [
  `alter table audit_entry add column address text`,
  `alter table audit_entry drop constraint audit_entry_actor_kind_check`,
  `alter table audit_entry add constraint audit_entry_actor_kind_check
    check (actor_kind in ('api_key', 'user', 'link', 'anonymous', 'retention', 'system'))`,
  // An entry without an address reads as before. lib/audit/audit-text.ts computes the same.
  `create or replace function audit_text(entry audit_entry) returns text language sql stable
    return (jsonb_build_array((entry).seq, to_char((entry).at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      (entry).actor_kind, (entry).actor_id, (entry).action, (entry).project_id, (entry).targets,
      (entry).request_id) ||
      case when (entry).address is null then '[]'::jsonb else jsonb_build_array((entry).address) end)::text`,
  `create table audit_note (
    only_one boolean primary key default true check (only_one),
    next_at timestamptz not null
  )`,
  `insert into audit_note (next_at) values (app_now())`,
]
