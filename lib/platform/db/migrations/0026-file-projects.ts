import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * Files know their project, so that retention finds by index what each project keeps no longer. A sample never changes
 * its project. A trigger sets it, because replicas of the release before insert files without it.
 */
export const fileProjects: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create function project_of_file() returns trigger language plpgsql as $$
    begin
      select project_id into new.project_id from sample where id = new.sample_id;
      return new;
    end $$`,
  ...['upload', 'deliverable'].flatMap((table) => [
    `alter table ${table} add column project_id uuid`,
    `create trigger ${table}_project before insert on ${table} for each row execute function project_of_file()`,
  ]),
]
