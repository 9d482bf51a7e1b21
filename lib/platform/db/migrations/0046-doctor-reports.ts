import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What visits of `/doctor` found, for a day each. */
export const doctorReports: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table doctor_report (
    code text primary key,
    created timestamptz not null default app_now(),
    expires_at timestamptz not null,
    browser text not null,
    findings jsonb not null
  )`,
  `create index doctor_report_by_time on doctor_report (created desc, code)`,
]
