import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { first } from './migrations/0001-first.ts'
import { sampleSearch } from './migrations/0002-sample-search.ts'
import { deliverables } from './migrations/0003-deliverables.ts'
import { webhooks } from './migrations/0004-webhooks.ts'
import { people } from './migrations/0005-people.ts'
import { runHolds } from './migrations/0007-run-holds.ts'
import { erasureAndAudit } from './migrations/0008-erasure-and-audit.ts'
import { signingIn } from './migrations/0009-sign-in.ts'
import { fastqUploads } from './migrations/0010-fastq-uploads.ts'
import { fileKeys } from './migrations/0011-file-keys.ts'
import { consoleLists } from './migrations/0012-console-lists.ts'
import { imputation } from './migrations/0013-imputation.ts'
import { hiddenSamples } from './migrations/0018-hidden-samples.ts'
import { grants } from './migrations/0019-grants.ts'
import { interruptedChecks } from './migrations/0020-interrupted-checks.ts'
import { fairWork } from './migrations/0021-fair-work.ts'
import { deliveryAttempts } from './migrations/0022-delivery-attempts.ts'
import { leftovers } from './migrations/0023-leftovers.ts'
import type { Schema } from './schema.ts'

/** Only append: a released migration has already run somewhere. */
const MIGRATIONS = {
  '0001-first': first,
  '0002-sample-search': sampleSearch,
  '0003-deliverables': deliverables,
  '0004-webhooks': webhooks,
  '0005-people': people,
  '0007-run-holds': runHolds,
  '0008-erasure-and-audit': erasureAndAudit,
  '0009-sign-in': signingIn,
  '0010-fastq-uploads': fastqUploads,
  '0011-file-keys': fileKeys,
  '0012-console-lists': consoleLists,
  '0013-imputation': imputation,
  '0018-hidden-samples': hiddenSamples,
  '0019-grants': grants,
  '0020-interrupted-checks': interruptedChecks,
  '0021-fair-work': fairWork,
  '0022-delivery-attempts': deliveryAttempts,
  '0023-leftovers': leftovers,
}

/** A migration with this ending takes away what the release before still used: see docs/decisions/0009. */
const CONTRACT = /-contract$/

/**
 * Bring the database to this version's schema, all of it or nothing. Any number of processes may call it at once:
 * an advisory lock lets one work while the others wait. A database that a newer release has only added to is used as
 * it is, so that an old replica may start again in the middle of a rolling update; rejects when it has taken away.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const done = await namesDone(db)
  const newer = done.filter((name) => !(name in MIGRATIONS))
  if (newer.some((name) => CONTRACT.test(name))) {
    throw new Error('The database belongs to a newer release that this version cannot work with')
  }
  if (newer.length > 0 && Object.keys(MIGRATIONS).every((name) => done.includes(name))) return
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('The database could not be brought to this version', { cause: error })
}

/** Names of the migrations that this database has seen; none for an empty one. */
async function namesDone(db: Kysely<Schema>): Promise<string[]> {
  const there = await sql<{ found: string | null }>`select to_regclass('kysely_migration') as found`.execute(
    db,
  )
  if (!there.rows[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
}
