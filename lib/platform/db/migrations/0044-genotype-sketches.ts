import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What projects that ask for it keep of genotypes to find the same person twice; goes with the sample or the setting. */
export const genotypeSketches: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table genotype_sketch (
    sample_id uuid primary key references sample on delete cascade,
    project_id uuid not null references project on delete cascade,
    key_id text not null,
    created timestamptz not null default app_now(),
    sketch bytea not null
  )`,
  `create index genotype_sketch_by_project on genotype_sketch (project_id, key_id, created desc)`,
  `create table same_person (
    sample_id uuid not null references genotype_sketch on delete cascade,
    other_id uuid not null references genotype_sketch on delete cascade,
    project_id uuid not null,
    created timestamptz not null default app_now(),
    shared integer not null,
    agreeing integer not null,
    primary key (sample_id, other_id)
  )`,
  `create index same_person_by_other on same_person (other_id)`,
  `create index same_person_by_project on same_person (project_id, created desc)`,
  `create function forget_sketches() returns trigger language plpgsql as $$
    begin
      delete from genotype_sketch where project_id = new.id;
      return null;
    end
  $$`,
  `create trigger project_forgets_sketches after update of settings on project
     for each row when (
       coalesce((old.settings ->> 'findSamePerson')::boolean, false)
       and not coalesce((new.settings ->> 'findSamePerson')::boolean, false)
     )
     execute function forget_sketches()`,
]
