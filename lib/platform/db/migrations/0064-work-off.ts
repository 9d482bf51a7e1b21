import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** What the sweep works off has an order of its own, and a project. */
export const workOff: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  // Those that are queued already, and those of the release before, come first.
  `alter table file_erasure add column due_at timestamptz not null default '-infinity'`,
  // Runs that replicas of the release before the column queue meanwhile have no project.
  `create function project_of_run() returns trigger language plpgsql as $$
    begin
      select project_id into new.for_project from sample where id = new.sample_id;
      return new;
    end $$`,
  `create trigger run_project before update of state on run for each row
    when (new.for_project is null and new.state in ('failed', 'canceled')) execute function project_of_run()`,
]
