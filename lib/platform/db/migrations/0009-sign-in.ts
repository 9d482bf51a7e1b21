import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What signing in to the console keeps: sessions, second factors, links that are handed out. */
export const signingIn: Migration = {
  async up(db) {
    for (const statement of [...PEOPLE, ...SESSIONS, ...SECOND_FACTOR, ...LINKS]) {
      await sql.raw(statement).execute(db)
    }
  },
}

const PEOPLE = [
  // An address counts as known to be theirs: whoever got a link or a password through it has signed in with it.
  `alter table app_user
    add column modified timestamptz not null default app_now(),
    add column email_verified boolean not null default true,
    add column image text,
    add column second_factor boolean not null default false`,
  // better-auth keeps passwords apart from people; ours stand with the person, in one place.
  `create view user_account as
    select id, id as user_id, 'credential'::text as provider_id, id::text as account_id, password_hash as password,
      created, modified from app_user`,
]

const SESSIONS = [
  `create table user_session (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references app_user on delete cascade,
    token text not null unique,
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now(),
    seen_at timestamptz not null default app_now(),
    expires_at timestamptz not null,
    ip_address text,
    user_agent text
  )`,
  `create index user_session_by_user on user_session (user_id)`,
  `create table sign_in_verification (
    id uuid primary key default gen_random_uuid(),
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now()
  )`,
  `create index sign_in_verification_by_identifier on sign_in_verification (identifier)`,
]

const SECOND_FACTOR = [
  // Secret and recovery codes are encrypted by better-auth under a key of APP_SECRET.
  `create table user_second_factor (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null unique references app_user on delete cascade,
    secret text not null,
    backup_codes text not null,
    verified boolean not null default false,
    failed_verification_count integer not null default 0,
    locked_until timestamptz
  )`,
  // A code of an authenticator app counts once: the number of its half minute, per person.
  `create table used_code (
    user_id uuid not null references app_user on delete cascade,
    step bigint not null,
    primary key (user_id, step)
  )`,
]

const LINKS = [
  `create table sign_in_link (
    id uuid primary key default gen_random_uuid(),
    kind text not null check (kind in ('first-owner', 'invitation', 'reset')),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    email text check (email = lower(email)),
    role text check (role in ('viewer', 'uploader', 'analyst', 'manager', 'owner')),
    project_id uuid references project on delete cascade,
    user_id uuid references app_user on delete cascade,
    created_by uuid,
    created timestamptz not null default app_now(),
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create index sign_in_link_open on sign_in_link (kind, created) where used_at is null`,
]
