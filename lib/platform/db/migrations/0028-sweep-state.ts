import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** Which process sweeps, and which steps of the sweep fail since when. The reason is in the log. */
export const sweepState: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table sweep_failure (
    step text primary key,
    since timestamptz not null,
    last_at timestamptz not null,
    times integer not null default 1
  )`,
  `create table sweep_lease (
    only_one boolean primary key default true check (only_one),
    holder uuid not null,
    ends_at timestamptz not null
  )`,
  `insert into sweep_lease (holder, ends_at) values (gen_random_uuid(), '-infinity')`,
]
