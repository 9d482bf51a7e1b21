import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Indexes for what the console asks of many samples: filters of its table, and counts over time. */
export const consoleLists: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create index sample_by_status on sample (project_id, status, modified desc, id desc)`,
  // Few sessions end without a file, and fewer were refused one: both stay small.
  `create index upload_session_by_reason on upload_session (reason) where reason is not null`,
  `create index upload_session_by_rejection on upload_session ((last_rejection ->> 'reason'))
    where last_rejection is not null`,
  `create index upload_by_vendor on upload (vendor, sample_id) where state = 'accepted'`,
  `create index session_event_by_time on session_event (created) where reason is not null`,
  `create index notification_by_sample on notification (sample_id, created desc, seq desc)
    where sample_id is not null`,
  `create index fastq_upload_expiring on fastq_upload (expires_at)
    where deleted_at is null and sample_id is null and expires_at is not null`,
]
