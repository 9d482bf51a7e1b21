import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { first } from './migrations/0001-first.ts'
import { sampleSearch } from './migrations/0002-sample-search.ts'
import { deliverables } from './migrations/0003-deliverables.ts'
import { webhooks } from './migrations/0004-webhooks.ts'
import { people } from './migrations/0005-people.ts'
import { runHolds } from './migrations/0007-run-holds.ts'
import { erasureAndAudit } from './migrations/0008-erasure-and-audit.ts'
import type { Schema } from './schema.ts'

/** Only ever append: what is in a released migration has run somewhere. */
const MIGRATIONS = {
  '0001-first': first,
  '0002-sample-search': sampleSearch,
  '0003-deliverables': deliverables,
  '0004-webhooks': webhooks,
  '0005-people': people,
  '0007-run-holds': runHolds,
  '0008-erasure-and-audit': erasureAndAudit,
}

/**
 * Bring the database to this version's schema, all of it or nothing. Any number of processes may call it at once:
 * an advisory lock lets one work while the others wait. Rejects when the database is newer than this program.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('The database could not be brought to this version', { cause: error })
}
