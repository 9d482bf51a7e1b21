import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The organisation, people with roles, and what an API key got beside its role. */
export const people: Migration = {
  async up(db) {
    for (const statement of [...ORGANIZATION, ...PEOPLE, ...KEYS, ...ANSWERS]) {
      await sql.raw(statement).execute(db)
    }
  },
}

const ROLES = `('viewer', 'uploader', 'analyst', 'manager', 'owner')`

const ORGANIZATION = [
  // One installation is one organisation: its id is made once and stays.
  `create table organization (
    id uuid primary key default gen_random_uuid(),
    name text not null default 'Arraydrop',
    only_one boolean not null default true unique check (only_one)
  )`,
  `insert into organization default values`,
  // The id of "array data" in lib/projects/pipeline-capability.ts.
  `alter table project
    add column pipeline_capabilities uuid not null default '6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a01'`,
]

const PEOPLE = [
  // Without a role a person sees the projects that name them, and no other.
  `create table app_user (
    id uuid primary key default gen_random_uuid(),
    email text not null unique check (email = lower(email)),
    name text not null default '',
    password_hash text not null,
    role text check (role in ${ROLES}),
    token_generation integer not null default 0,
    created timestamptz not null default app_now(),
    disabled_at timestamptz
  )`,
  `create table user_project_role (
    user_id uuid not null references app_user on delete cascade,
    project_id uuid not null references project on delete cascade,
    role text not null check (role in ${ROLES}),
    primary key (user_id, project_id)
  )`,
  `create index user_project_role_by_project on user_project_role (project_id)`,
]

const KEYS = [
  // No ranges means from anywhere; an empty list would mean from nowhere, which nobody wants.
  `alter table api_key
    add column ip_ranges text[] check (cardinality(ip_ranges) > 0),
    add column requests_per_minute integer check (requests_per_minute > 0),
    add column created_by uuid,
    add column user_id uuid references app_user on delete cascade`,
  `create index api_key_user on api_key (user_id) where user_id is not null`,
]

const ANSWERS = [
  // People repeat requests too. What is kept goes after 24 hours, so nothing has to go with a key.
  `alter table idempotency drop constraint idempotency_api_key_id_fkey`,
  `alter table idempotency rename column api_key_id to caller_id`,
]
