import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * The log of a deleted webhook subscription, and the sketches of a project that wants none any more, are deleted in batches
 * by the sweep. Triggers note which, because replicas of the release before do so, too.
 */
export const deleteInBatches: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table subscription_deleted (
    subscription_id uuid primary key,
    deleted_at timestamptz not null default app_now()
  )`,
  `create function note_deleted_subscription() returns trigger language plpgsql as $$
    begin
      insert into subscription_deleted (subscription_id) values (old.id) on conflict do nothing;
      return null;
    end $$`,
  `create trigger subscription_noted_when_deleted after delete on subscription
    for each row execute function note_deleted_subscription()`,
  `alter table notification drop constraint notification_subscription_id_fkey`,

  // What was kept before then is no longer read, also when the project asks for sketches again.
  `create table sketches_given_up (
    project_id uuid primary key references project on delete cascade,
    before timestamptz not null
  )`,
  `create or replace function forget_sketches() returns trigger language plpgsql as $$
    begin
      insert into sketches_given_up (project_id, before) values (new.id, app_now())
        on conflict (project_id) do update set before = excluded.before;
      return null;
    end $$`,
]
