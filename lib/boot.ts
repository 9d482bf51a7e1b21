import path from 'node:path'
import type { Analyzers } from '#lib/analysis/analyzer.ts'
import { createArrayAnalyzer } from '#lib/analysis/array/create-array-analyzer.ts'
import { createCommandAnalyzer } from '#lib/analysis/command/create-command-analyzer.ts'
import { createQualityAnalyzer } from '#lib/analysis/report/analyse-quality.ts'
import { createFastqAnalyzer } from '#lib/fastq/fetch/create-fastq-analyzer.ts'
import { createProbes } from '#lib/fastq/fetch/probe-source.ts'
import { type Lanes, lanesOf } from '#lib/fastq/fetch/source-lanes.ts'
import { createShares } from '#lib/fastq/fetch/worker-shares.ts'
import { sourceOf } from '#lib/fastq/seal-source.ts'
import { CHECK_THREADS_MAX } from '#lib/genotype/limits.ts'
import { CONSOLE_SESSION } from '#lib/people/console-session.ts'
import { createClock } from '#lib/platform/clock.ts'
import { checkServer } from '#lib/platform/db/check-server.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { env as readEnvironment } from '#lib/platform/env.ts'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
import { createLog } from '#lib/platform/log.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import { createPasswords } from '#lib/platform/passwords.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import { createRateLimiter } from '#lib/platform/rate-limiter.ts'
import { claimSecret, isSecretInUse } from '#lib/platform/secret-in-use.ts'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { settleWithin } from '#lib/platform/settle-within.ts'
import { createSharedReads } from '#lib/platform/shared-reads.ts'
import { createSignIn } from '#lib/platform/sign-in/create-sign-in.ts'
import { createStorage } from '#lib/platform/storage/create-storage.ts'
import { PostgresLocker } from '#lib/platform/storage/parts/postgres-locker.ts'
import { prepareDataDir } from '#lib/platform/storage/prepare-data-dir.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { warnOfFullDisk } from '#lib/platform/storage/warn-of-full-disk.ts'
import { createTelemetry } from '#lib/platform/telemetry/create-telemetry.ts'
import { createNoTelemetry } from '#lib/platform/telemetry/no-telemetry.ts'
import { createThreads } from '#lib/platform/threads.ts'
import { type JobPayloads, provideServices, type Services } from '#lib/services.ts'
import { createArchiveCheck } from '#lib/sessions/upload/create-archive-check.ts'
import { startDelivering } from '#lib/webhooks/deliver-due.ts'
import packageJson from '../package.json' with { type: 'json' }
import { JOB_POLICIES, jobHandlers, policiesFor } from './jobs.ts'
import { observeServices } from './observe-services.ts'
import { databaseMegabytes } from './platform/embedded-postgres/memory-settings.ts'
import { reseal } from './reseal.ts'
import { startImputation } from './start-imputation.ts'
import { startSweeping } from './sweep.ts'

/** Exports analysed at once in this process, not counting checks, which people wait for. */
const ANALYSIS_THREADS_MAX = 2
/** How long a warm thread, which holds some 60 MB, waits for the next export. */
const ANALYSIS_KEEP_SECONDS = 30
/** All steps of a stop together, as long as each ends; one that does not end leaves every later step this minimum. */
const STOP_MS_MAX = 24_000
const STOP_STEP_MS_MIN = 1_000
/** A sweep may have much to erase. Each of its steps can be interrupted; jobs under way need the time to be handed over. */
const STOP_SWEEP_MS_MAX = 3_000
/** FASTQ files, or pairs of them, checked at once while they are fetched. */
const FASTQ_THREADS_MAX = 4

export interface System {
  services: Services
  /** Stop in order of dependency: sweeper, jobs, locks, connections, and last the embedded database. */
  stop(how?: Parameters<Stop>[0]): Promise<void>
}

/** Ends one part. `failed`: the process stops because something in it failed. */
type Stop = (how: { failed: boolean }) => Promise<unknown>

interface BootOptions {
  /** Work on jobs and sweep in this process. */
  jobs: boolean
  /** People are served by this process. */
  web?: boolean
  applicationName: string
  /** For commands: only warnings, and on standard error, so that standard output holds only the result. */
  quiet?: boolean
  /** Ends the waiting for a database that is not there yet. */
  signal?: AbortSignal
}

/**
 * Build everything a verb may use, once per process. The only place where the embedded database differs from a
 * server. Rejects when any part cannot be started, after stopping the others.
 */
export async function boot({
  jobs,
  web = false,
  applicationName,
  quiet = false,
  signal,
}: BootOptions): Promise<System> {
  const env = readEnvironment()
  let telemetry = createNoTelemetry()
  const log = quiet
    ? createLog({ logLevel: 'warn' }, process.stderr)
    : createLog(env, undefined, () => telemetry.logFields())
  const stops: Stop[] = []
  const stop = async (how = { failed: false }) => {
    provideServices(undefined)
    const deadline = performance.now() + STOP_MS_MAX
    for (const step of stops.toReversed()) {
      const stopped = step(how).catch((error: unknown) =>
        log.error({ err: error }, 'a part did not stop cleanly'),
      )
      // The database comes last: nothing before it may keep it from being ended.
      await settleWithin(Math.max(STOP_STEP_MS_MIN, deadline - performance.now()), stopped)
    }
  }
  try {
    // A command would take the port of the running service, and ends before it is scraped.
    if (!quiet) telemetry = await createTelemetry(env.telemetry, { version: packageJson.version, log })
    stops.push(() => telemetry.close())
    const usesDisk = !env.databaseUrl || (!quiet && (jobs || !env.s3))
    if (usesDisk) await prepareDataDir(env.dataDir)
    if (env.databaseUrl && !quiet) await checkServer({ url: env.databaseUrl, log, signal })
    const url = env.databaseUrl ?? (await startDatabase(env, (line) => log.info(line), stops))
    await migrate({ url, log })
    const db = connect({ url, log, applicationName, telemetry })
    stops.push(() => db.destroy())

    const locker = new PostgresLocker(url)
    stops.push(() => locker.close())
    const outbound = createOutbound({ allowPrivate: env.allowPrivateTargets })
    stops.push(() => outbound.close())
    const secrets = await loadSecrets({ ...env, inUse: await isSecretInUse({ db }) })
    if (!quiet) await claimSecret({ db, secrets, alone: !env.databaseUrl })
    if (!quiet) await warnOfFullDisk(env.dataDir, log)
    const scratch = createScratch(path.join(env.dataDir, 'scratch'))
    const { storage, parts, close } = await createStorage({
      env,
      db,
      log,
      secrets,
      scratch,
      locker,
      telemetry,
      settle: !quiet,
      signal,
    })
    stops.push(async () => close())
    // Started after outbound and storage, so that it stops before them: a job must not take their end for a fault of its
    // source.
    const queue = new PgBossQueue<JobPayloads>({ url, log, supervise: jobs, telemetry })
    stops.push((how) => queue.stop(how))
    await queue.start(JOB_POLICIES)
    const codeCache = path.join(env.dataDir, 'code-cache')
    const imputation = await startImputation(env, { jobs })
    const clock = createClock(db)
    const passwords = createPasswords()
    const findSource = (uploadId: string) => sourceOf({ db, secrets }, uploadId)
    const shares = createShares()
    const probes = createProbes({ db, outbound, log })
    stops.push(() => probes.stop())
    const services: Services = {
      env,
      db,
      queue,
      log,
      telemetry,
      outbound,
      checkArchive: createArchiveCheck(createThreads({ threadsMax: CHECK_THREADS_MAX, codeCache })),
      clock,
      storage,
      parts,
      locks: locker,
      scratch,
      capabilities: imputation.capabilities,
      analyzers: analyzersOf(env, {
        secrets,
        storage,
        codeCache,
        impute: imputation.analyzers({ scratch, codeCache }),
        fetch: {
          clock,
          scratch,
          log,
          outbound,
          findSource,
          shares,
          lanes: lanesOf({ db, findSource, probes, shares }),
        },
      }),
      limiter: createRateLimiter(),
      reads: createSharedReads(),
      passwords,
      secrets,
      signIn: createSignIn({ db, clock, passwords, secrets, log, env, session: CONSOLE_SESSION }),
    }
    provideServices(services)
    observeServices(services, { web, worker: jobs })
    if (jobs) {
      await reseal(services)
      await queue.work(policiesFor(env), jobHandlers(services))
      const stopSweeping = startSweeping(services)
      stops.push(() => settleWithin(STOP_SWEEP_MS_MAX, stopSweeping()), startDelivering(services))
    }
    return { services, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The steps of every run, in order: measure, check and report, then the operator's own analysis. */
function analyzersOf(
  { referenceFasta, analysisCommand, searchPath }: Services['env'],
  {
    secrets,
    storage,
    codeCache,
    impute,
    fetch,
  }: {
    secrets: Services['secrets']
    storage: Services['storage']
    codeCache: string
    impute: Analyzers['array']
    fetch: Omit<Parameters<typeof createFastqAnalyzer>[1], 'program'> & { lanes: Lanes }
  },
): Analyzers {
  const threads = createThreads({
    threadsMax: ANALYSIS_THREADS_MAX,
    codeCache,
    keepSeconds: ANALYSIS_KEEP_SECONDS,
  })
  const commands = analysisCommand
    ? [createCommandAnalyzer({ storage, runLeashed }, { ...analysisCommand, searchPath, referenceFasta })]
    : []
  const program = `Arraydrop ${packageJson.version}`
  const report = createQualityAnalyzer({ program })
  return {
    putOff: fetch.lanes.putOff,
    // The report tells of the imputation, and a command can use it.
    array: [createArrayAnalyzer(threads, { referenceFasta, secrets }), ...impute, report, ...commands],
    // Threads of their own, because fetching may take hours and exports must not wait for it.
    fastq: [
      createFastqAnalyzer(createThreads({ threadsMax: FASTQ_THREADS_MAX, codeCache }), { ...fetch, program }),
      ...commands,
    ],
  }
}

async function startDatabase(
  env: Services['env'],
  log: (line: string) => void,
  stops: Stop[],
): Promise<string> {
  const database = await startEmbeddedPostgres({
    dir: path.join(env.dataDir, 'postgres'),
    binDir: env.pgBinDir,
    megabytes: env.databaseMegabytes ?? databaseMegabytes(),
    log,
  })
  stops.push(() => database.stop())
  return database.url
}
