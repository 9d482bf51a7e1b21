import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** FASTQ files that partners gave by URL: where each is to be fetched, and the sample it became part of. */
export const fastqUploads: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table fastq_upload (
    id uuid primary key default gen_random_uuid(),
    project_id uuid references project on delete cascade,
    destination_path text not null,
    pair_path text not null,
    client_id text not null,
    r_notation text not null check (r_notation in ('R1', 'R2')),
    sealed_url text,
    source_host text not null,
    size bigint check (size > 0),
    expires_at timestamptz,
    source text not null default 'cli url',
    status text not null default 'succeeded' check (status in ('started', 'succeeded', 'failed')),
    status_note text not null default '',
    status_id uuid not null default gen_random_uuid(),
    status_at timestamptz not null default app_now(),
    created_by uuid,
    user_id uuid,
    sample_id uuid references sample on delete cascade,
    created timestamptz not null default app_now(),
    modified timestamptz not null default app_now(),
    deleted_at timestamptz,
    check ((sealed_url is null) = (deleted_at is not null)),
    check (deleted_at is null or sample_id is null)
  )`,
  // One owner's destinations are its own: those of the whole organisation stand together, below no project.
  `create unique index fastq_upload_destination on fastq_upload
    (coalesce(project_id, '00000000-0000-0000-0000-000000000000'), destination_path)`,
  `create index fastq_upload_by_prefix on fastq_upload (destination_path text_pattern_ops)`,
  `create index fastq_upload_by_pair on fastq_upload (pair_path, r_notation)`,
  `create index fastq_upload_listing on fastq_upload (created desc, id desc) where deleted_at is null`,
  `create index fastq_upload_by_project on fastq_upload (project_id, created desc)`,
  `create index fastq_upload_by_sample on fastq_upload (sample_id) where sample_id is not null`,
]
