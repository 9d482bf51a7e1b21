import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What an analysis made of a sample: one file per type, replaced as a whole by the run that publishes. */
export const deliverables: Migration = {
  async up(db) {
    await sql`
      create table deliverable (
        id uuid primary key default gen_random_uuid(),
        sample_id uuid not null references sample on delete cascade,
        run_id uuid references run on delete set null,
        file_type text not null,
        name text not null,
        storage_key text not null,
        size bigint not null check (size >= 0),
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        created timestamptz not null default app_now(),
        unique (sample_id, file_type)
      )`.execute(db)
    await sql`create index deliverable_by_run on deliverable (run_id)`.execute(db)
  },
}
