import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What is left of runs and of answers is found again: logs that retention erases, files of lost attempts, samples in answers. */
export const leftovers: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table run add column log_removed boolean not null default false`,
  `create index run_with_log on run (ended_at) where state in ('failed', 'canceled') and attempts > 0 and not log_removed`,
  `create index run_with_lost_attempts on run (ended_at) where state = 'succeeded' and attempts > 1 and not files_removed`,
  // Every id in the answer, whatever it is of.
  `alter table idempotency add column named uuid[] not null default '{}'`,
  `create index idempotency_named on idempotency using gin (named)`,
]
