import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { StartRefusal } from '../start-refusal.ts'
import { NOT_PRIMARY } from './check-server.ts'
import { connect } from './connect.ts'
import type { Migration } from './migration.ts'
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
import { fileProjects } from './migrations/0026-file-projects.ts'
import { retentionIndexes } from './migrations/0027-retention-indexes.ts'
import { sweepState } from './migrations/0028-sweep-state.ts'
import { listsAtScale } from './migrations/0029-lists-at-scale.ts'
import { claimsAndCounts } from './migrations/0030-claims-and-counts.ts'
import { supersededRuns } from './migrations/0034-superseded-runs.ts'
import { auditLists } from './migrations/0036-audit-lists.ts'
import { handedOver } from './migrations/0037-handed-over.ts'
import { auditWaiting } from './migrations/0040-audit-waiting.ts'
import { insightCounters } from './migrations/0041-insight-counters.ts'
import { countInsights } from './migrations/0042-count-insights.ts'
import { insightMonths } from './migrations/0043-insight-months.ts'
import { genotypeSketches } from './migrations/0044-genotype-sketches.ts'
import { doctorReports } from './migrations/0046-doctor-reports.ts'
import { testProjects } from './migrations/0047-test-projects.ts'
import { slowSources } from './migrations/0051-slow-sources.ts'
import { putOffRuns } from './migrations/0052-put-off-runs.ts'
import { pauses } from './migrations/0053-pauses.ts'
import { fewerBytes } from './migrations/0054-fewer-bytes.ts'
import { leanerIndexes } from './migrations/0055-leaner-indexes.ts'
import { historyKeys } from './migrations/0056-history-keys.ts'
import { secretInUse } from './migrations/0057-secret-in-use.ts'
import { earlierSecrets } from './migrations/0058-earlier-secrets.ts'
import { auditMonths } from './migrations/0059-audit-months.ts'
import { auditMonthsChecked } from './migrations/0060-audit-months-checked.ts'
import { auditPartitions } from './migrations/0061-audit-partitions.ts'
import { listsOfMillions } from './migrations/0062-lists-of-millions.ts'
import { auditLimits } from './migrations/0063-audit-limits.ts'
import { workOff } from './migrations/0064-work-off.ts'
import { workOffByIndex } from './migrations/0065-work-off-by-index.ts'
import { deleteInBatches } from './migrations/0066-delete-in-batches.ts'
import { fastqLists } from './migrations/0067-fastq-lists.ts'
import { samplesByClientId } from './migrations/0068-samples-by-client-id.ts'
import { samplesById } from './migrations/0069-samples-by-id.ts'
import { sweepHolder } from './migrations/0070-sweep-holder.ts'
import { linkIds } from './migrations/0071-link-ids.ts'
import { insightStops } from './migrations/0072-insight-stops.ts'
import { overdueByIndex } from './migrations/0073-overdue-by-index.ts'
import { unassignedExpiry } from './migrations/0074-unassigned-expiry.ts'
import type { Schema } from './schema.ts'

/** Only append: a released migration has already run somewhere. */
export const MIGRATIONS: Record<string, Migration> = {
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
  '0026-file-projects': fileProjects,
  '0027-retention-indexes': retentionIndexes,
  '0028-sweep-state': sweepState,
  '0029-lists-at-scale': listsAtScale,
  '0030-claims-and-counts': claimsAndCounts,
  '0034-superseded-runs': supersededRuns,
  '0036-audit-lists': auditLists,
  '0037-handed-over': handedOver,
  '0040-audit-waiting': auditWaiting,
  '0041-insight-counters': insightCounters,
  '0042-count-insights': countInsights,
  '0043-insight-months': insightMonths,
  '0044-genotype-sketches': genotypeSketches,
  '0046-doctor-reports': doctorReports,
  '0047-test-projects': testProjects,
  '0051-slow-sources': slowSources,
  '0052-put-off-runs': putOffRuns,
  '0053-pauses': pauses,
  '0054-fewer-bytes': fewerBytes,
  '0055-leaner-indexes': leanerIndexes,
  '0056-history-keys': historyKeys,
  '0057-secret-in-use': secretInUse,
  '0058-earlier-secrets': earlierSecrets,
  '0059-audit-months': auditMonths,
  '0060-audit-months-checked': auditMonthsChecked,
  '0061-audit-partitions': auditPartitions,
  '0062-lists-of-millions': listsOfMillions,
  '0063-audit-limits': auditLimits,
  '0064-work-off': workOff,
  '0065-work-off-by-index': workOffByIndex,
  '0066-delete-in-batches': deleteInBatches,
  '0067-fastq-lists': fastqLists,
  '0068-samples-by-client-id': samplesByClientId,
  '0069-samples-by-id': samplesById,
  '0070-sweep-holder': sweepHolder,
  '0071-link-ids': linkIds,
  '0072-insight-stops': insightStops,
  '0073-overdue-by-index': overdueByIndex,
  '0074-unassigned-expiry': unassignedExpiry,
}

/** A migration with this ending takes away what the release before still used: see docs/decisions/0009. */
const CONTRACT = /-contract$/
/** Any number will do that no other advisory lock of ours has. */
const MIGRATING = 48_615
/** How long a replica waits between two looks at whether another one has finished migrating. */
const LOOK_MS = 200
/**
 * A statement that waits for a lock makes everybody wait who comes after it. So it gives up soon, lets the others pass,
 * and tries again: for ten minutes before the start fails.
 */
const LOCK_WAIT_MS = 2_000
const RETRY_MS = 3_000
const TRIES_MAX = 120
/** `lock_not_available` and `deadlock_detected`. */
const LOCKED_OUT = new Set(['55P03', '40P01'])
/** `insufficient_privilege`. */
const FORBIDDEN = '42501'
/** `read_only_sql_transaction`. */
const READ_ONLY = '25006'

interface Options {
  migrations?: Record<string, Migration>
  lockWaitMs?: number
  retryMs?: number
}

/**
 * Bring the database to this version's schema, on a connection of its own whose statements may take as long as they
 * need. Each migration is applied as a whole or not at all, unless it is an online one. Replicas that still run the
 * release before read and write meanwhile. Any number of processes may call it at once: one works, the others wait. A
 * database that a newer release has only added to is used as it is, so that an old replica may start again in the
 * middle of a rolling update; rejects when it has taken away.
 */
export async function migrate(
  { url, log }: { url: string; log: Logger },
  { migrations = MIGRATIONS, lockWaitMs = LOCK_WAIT_MS, retryMs = RETRY_MS }: Options = {},
): Promise<void> {
  const pool = connect({ url, log, applicationName: 'arraydrop-migrate', connectionsMax: 1, patient: true })
  try {
    // Session locks and settings need one connection throughout.
    await pool.connection().execute(async (db) => {
      if (await isUpToDate(db, migrations)) return
      await lock(db)
      await applyMissing(db, migrations, { log, lockWaitMs, retryMs })
    })
  } catch (cause) {
    if (cause instanceof StartRefusal) throw cause
    const { code } = cause as { code?: string }
    if (code === READ_ONLY) throw new StartRefusal(NOT_PRIMARY, { cause })
    if (code === FORBIDDEN) {
      throw new StartRefusal(
        'The database role may not bring the schema to this version: run `arraydrop admin migrate` first, with DATABASE_URL for the role that owns it.',
        { cause },
      )
    }
    throw new Error('The database could not be brought to this version', { cause })
  } finally {
    await pool.destroy()
  }
}

async function isUpToDate(db: Kysely<Schema>, migrations: Record<string, Migration>): Promise<boolean> {
  const done = await namesDone(db)
  if (done.some((name) => !(name in migrations) && CONTRACT.test(name))) {
    throw new StartRefusal(
      'The database belongs to a newer release that this version cannot work with: start that release, or restore the backup from before the upgrade.',
    )
  }
  return Object.keys(migrations).every((name) => done.includes(name))
}

/** Waits by asking again: a statement that waits would hold a snapshot, and an index that is being built waits for those. */
async function lock(db: Kysely<Schema>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${MIGRATING}) as got`.execute(db)
    if (rows[0]!.got) return
    await pause(LOOK_MS)
  }
}

async function applyMissing(
  db: Kysely<Schema>,
  migrations: Record<string, Migration>,
  { log, lockWaitMs, retryMs }: { log: Logger; lockWaitMs: number; retryMs: number },
): Promise<void> {
  // The names that earlier releases gave these, which know them by Kysely's own migrator.
  await sql`create table if not exists kysely_migration
    (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(db)
  const done = await namesDone(db)
  for (const [name, migration] of Object.entries(migrations)) {
    if (done.includes(name)) continue
    for (let tries = 1; ; tries++) {
      try {
        await sql.raw(`set lock_timeout = ${lockWaitMs}`).execute(db)
        await apply(db, name, migration)
        break
      } catch (error) {
        if (tries === TRIES_MAX || !LOCKED_OUT.has((error as { code?: string }).code ?? '')) throw error
        log.warn({ migration: name, tries }, 'A migration waits until a table is free')
        await pause(retryMs)
      }
    }
  }
}

async function apply(db: Kysely<Schema>, name: string, migration: Migration): Promise<void> {
  const note = (by: Kysely<Schema>) =>
    sql`insert into kysely_migration values (${name}, ${new Date().toISOString()})`.execute(by)
  if (migration.online) {
    await migration.up(db)
    await note(db)
  } else {
    await db.transaction().execute(async (tx) => {
      await migration.up(tx)
      await note(tx)
    })
  }
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
