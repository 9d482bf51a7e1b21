import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Which project a run belongs to and what it waits in line with, and which sources of FASTQ files do not respond. */
export const fairWork: Migration = {
  async up(db) {
    for (const statement of [...RUNS, ...SOURCES]) await sql.raw(statement).execute(db)
  },
}

const RUNS = [
  // Null for runs that were queued before: they have no place in any line.
  `alter table run add column for_project uuid, add column lane text`,
  `create index run_in_lane on run (for_project, lane) where state in ('queued', 'running')`,
]

const SOURCES = [
  // In real time, because what is waited for is outside.
  `create table source_lane (
    project_id uuid not null references project on delete cascade,
    host text not null,
    failures integer not null default 0,
    paused_until timestamptz,
    primary key (project_id, host)
  )`,
]
