import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** Projects for trying things out, whose samples are deleted after a day: a project is one for good, or never. */
export const testProjects: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table project add column is_test boolean not null default false`,
  // Links that name no project would lead people's files to where they are deleted after a day.
  `alter table project add constraint project_default_is_no_test check (not (is_test and is_array_default))`,
  `create function project_keeps_its_kind() returns trigger language plpgsql as $$
    begin
      raise exception 'a project cannot become or cease to be a test project' using errcode = 'check_violation';
    end $$`,
  `create trigger project_keeps_its_kind before update on project
    for each row when (old.is_test is distinct from new.is_test) execute function project_keeps_its_kind()`,
]
