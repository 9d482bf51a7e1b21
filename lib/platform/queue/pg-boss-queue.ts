import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { fromKysely, type Job, type JobResult, PgBoss, type Queue as QueueSettings } from 'pg-boss'
import type { Logger } from 'pino'
import { isProblem } from '#lib/problem.ts'
import type { Schema } from '../db/schema.ts'
import { createNoTelemetry } from '../telemetry/no-telemetry.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { EnqueueOptions, HandOver, JobPolicy, Queue, QueueWorker } from './queue.ts'

const SCHEMA = 'queue'
/** Jobs that failed for good wait here for an operator. */
const DEAD_LETTER = 'dead-letter'
const DAY_SECONDS = 86_400
const STOP_TIMEOUT_MS = 20_000
/** At a stop, jobs have so long to finish; then they are aborted, and have the rest of the time to tidy up. */
const HAND_OVER_MS = 15_000
/** A job whose worker was killed comes back after a heartbeat and one look of the monitor: a person may be waiting. */
const HEARTBEAT_SECONDS = 15
const MONITOR_SECONDS = 10
const TIDY_SECONDS = 900
/** Nobody looks at finished jobs, and the monitor reads all that are there: they go within an hour. */
const KEEP_FINISHED_SECONDS = 3_600 - TIDY_SECONDS
/** A new job wakes a worker by NOTIFY; a retry that falls due does not: one look for all queues finds it. */
const POLL_SECONDS = 5
/** Workers also look by themselves, so many times less often. */
const OWN_POLL_FACTOR = 6
const RETRY_DELAY_SECONDS_MAX = 600
/** What a failure takes from a job's priority: more than the places of `queueRun` add up to, so that retries go behind first tries. */
const FAILURE_PENALTY = 100_000
const CONNECTIONS_MAX = 5

interface Options {
  url: string
  log: Logger
  /** Also maintain jobs: bring back those of killed workers, delete old ones. Processes that work on jobs always do. */
  supervise: boolean
  pollSeconds?: number
  handOverMs?: number
  telemetry?: Telemetry
}

/** Beside the data of a job: the span that queued it, so that its trace continues in the process that works on it. */
interface Traced {
  traceparent?: string
}

type Policies<Payloads> = Record<keyof Payloads & string, JobPolicy>
type Handler<Data> = (data: Data, signal: AbortSignal) => Promise<void>

/**
 * Jobs in the schema `queue` of the application's database. A job runs at least once: its handler must be safe to run
 * twice. One that waits is kept for 90 days, one that failed for good for a
 * year; one that ended well goes within an hour. A singleton that is enqueued while
 * its twin is just being fetched is dropped, so anything that depends on one needs a sweeper as well.
 */
export class PgBossQueue<Payloads extends { [Name in keyof Payloads]: object }>
  implements Queue<Payloads>, QueueWorker<Payloads>
{
  readonly #boss: PgBoss
  readonly #log: Logger
  readonly #telemetry: Telemetry
  readonly #pollSeconds: number
  readonly #handOverMs: number
  readonly #stopping = new AbortController()
  #names: string[] = []
  #looking: NodeJS.Timeout | undefined

  constructor({
    url,
    log,
    supervise,
    pollSeconds = POLL_SECONDS,
    handOverMs = HAND_OVER_MS,
    telemetry = createNoTelemetry(),
  }: Options) {
    this.#log = log
    this.#telemetry = telemetry
    this.#pollSeconds = pollSeconds
    this.#handOverMs = handOverMs
    this.#boss = new PgBoss({
      connectionString: url,
      schema: SCHEMA,
      application_name: 'arraydrop-queue',
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: 10_000,
      supervise,
      useListenNotify: supervise,
      schedule: false,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
      maintenanceIntervalSeconds: TIDY_SECONDS,
      // No job of ours waits for others.
      flowIntervalSeconds: TIDY_SECONDS,
    })
    // Without a listener a restart of PostgreSQL would end this process.
    this.#boss.on('error', (err) => log.warn({ err }, 'The queue met an error'))
    this.#boss.on('warning', ({ message }) => log.warn({ warning: message }, 'The queue warns'))
  }

  /** Make or update the schema and the queues, so that jobs can be queued. Any number of processes may start at once. */
  async start(policies: Policies<Payloads>): Promise<void> {
    await this.#boss.start()
    await this.#boss.createQueue(DEAD_LETTER, { retentionSeconds: 365 * DAY_SECONDS, deleteAfterSeconds: 0 })
    this.#names = Object.keys(policies)
    for (const [name, policy] of Object.entries<JobPolicy>(policies)) {
      const settings = settingsOf(policy)
      await this.#boss.createQueue(name, { ...settings, policy: 'short' })
      // It may be there from an earlier version, with other settings.
      await this.#boss.updateQueue(name, settings)
    }
  }

  async enqueue<Name extends keyof Payloads & string>(
    db: Transaction<Schema> | Kysely<Schema>,
    name: Name,
    data: Payloads[Name],
    { singletonKey, startAfterSeconds, priority = 0, group }: EnqueueOptions = {},
  ): Promise<void> {
    const traceparent = this.#telemetry.traceparent()
    await this.#boss.send(name, traceparent === undefined ? data : { ...data, traceparent }, {
      db: fromKysely(db),
      // The policy `short` lets one job wait per key: who gave none gets one that nobody shares.
      singletonKey: singletonKey ?? randomUUID(),
      priority,
      ...(group === undefined ? {} : { group: { id: group } }),
      ...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds }),
    })
  }

  async check(): Promise<void> {
    const queues = await this.#boss.getQueues(this.#names)
    if (queues.length < this.#names.length || queues.length === 0)
      throw new Error('The queue has not been started')
  }

  async depth() {
    const { rows } = await this.#boss.getDb().executeSql(
      `select name,
        (count(job.id) filter (where state < 'active'))::int as waiting,
        (count(job.id) filter (where state = 'active'))::int as running,
        -- A retry waits from the time it falls due; what is not due yet does not wait.
        greatest(0, extract(epoch from
          clock_timestamp() - min(start_after) filter (where state < 'active')))::float8 as "oldestSeconds"
      from unnest($1::text[]) name left join ${SCHEMA}.job using (name)
      group by name order by name`,
      [this.#names],
    )
    return rows
  }

  async work(
    policies: Policies<Payloads>,
    handlers: { [Name in keyof Payloads]: Handler<Payloads[Name]> },
  ): Promise<void> {
    for (const name of Object.keys(policies) as (keyof Payloads & string)[]) {
      if (policies[name].workers > 0) await this.#addWorkers(name, policies[name], handlers[name])
    }
    this.#looking = setInterval(() => void this.#wakeWorkers(), this.#pollSeconds * 1_000)
  }

  /** Wake the workers of the queues in which a job is due: one statement in place of one for each worker. */
  async #wakeWorkers(): Promise<void> {
    try {
      const { rows } = await this.#boss.getDb().executeSql(
        `select name from unnest($1::text[]) name
          where exists (select from ${SCHEMA}.job where job.name = name.name and state < 'active' and start_after <= now())`,
        [this.#names],
      )
      for (const { name } of rows) this.#notifyWorkers(name)
    } catch (err) {
      this.#log.debug({ err }, 'Due jobs were not looked for; the workers look by themselves')
    }
  }

  #notifyWorkers(queue: string): void {
    for (const { name, id } of this.#boss.getWipData()) if (name === queue) this.#boss.notifyWorker(id)
  }

  async stop({ failed } = { failed: false }): Promise<void> {
    clearInterval(this.#looking)
    const stops = new Error('This process stops')
    const reason: HandOver | Error = failed ? stops : Object.assign(stops, { name: 'HandOver' as const })
    const handOver = setTimeout(() => this.#stopping.abort(reason), this.#handOverMs)
    await this.#boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS, close: true })
    clearTimeout(handOver)
  }

  /** Each has one job at a time and fetches its next one at once, or a backlog would drain at one job per poll. */
  async #addWorkers<Name extends keyof Payloads & string>(
    name: Name,
    { workers, workersPerGroup }: JobPolicy,
    handle: Handler<Payloads[Name]>,
  ): Promise<void> {
    const options = {
      pollingIntervalSeconds: Math.min(2, this.#pollSeconds),
      notifyPollingIntervalSeconds: OWN_POLL_FACTOR * this.#pollSeconds,
      perJobResults: true,
      localConcurrency: workers,
      ...(workersPerGroup === undefined ? {} : { localGroupConcurrency: workersPerGroup }),
    } as const
    await this.#boss.work<Payloads[Name], unknown, typeof options>(name, options, async (jobs) => {
      try {
        return await Promise.all(jobs.map((job) => this.#run(job, handle)))
      } finally {
        // All of them: what this job's group could not have before, an idle worker may take now.
        if (!this.#stopping.signal.aborted) this.#notifyWorkers(name)
      }
    })
  }

  /** Throws what is to be retried. */
  async #run<Data>(job: Job<Data>, handle: Handler<Data>): Promise<JobResult> {
    const { traceparent, ...data } = job.data as Data & Traced
    const begun = performance.now()
    const measure = (outcome: string) => {
      const seconds = (performance.now() - begun) / 1_000
      this.#telemetry.record('arraydrop.job.duration', seconds, { queue: job.name, outcome })
    }
    try {
      // Fetched while this process stops, such as one that another worker has just handed over.
      this.#stopping.signal.throwIfAborted()
      await this.#telemetry.span(
        `job ${job.name}`,
        () => handle(data as Data, AbortSignal.any([job.signal, this.#stopping.signal])),
        {
          parent: traceparent,
          kind: 'consumer',
          attributes: { 'job.id': job.id, 'job.attempt': job.retryCount + 1 },
        },
      )
      measure('done')
      return { id: job.id, status: 'completed' }
    } catch (thrown) {
      const about = { err: thrown, job: job.name, jobId: job.id, attempt: job.retryCount + 1 }
      if (this.#stopping.signal.reason?.name === 'HandOver' && !isProblem(thrown)) {
        measure('handed over')
        this.#log.info({ job: job.name, jobId: job.id }, 'A job is left for the next start or another worker')
        await this.#countAsNotTried(job)
        throw thrown
      }
      if (!isProblem(thrown)) {
        measure('failed')
        this.#log.error(about, 'A job failed, and is tried again while its policy allows')
        await this.#goBehind(job)
        throw thrown
      }
      measure('refused')
      this.#log.warn(about, 'A job was refused for good')
      return { id: job.id, status: 'deadletter', output: { code: thrown.code, message: thrown.message } }
    }
  }

  /** A stop of ours is no failure of the job: neither its retries nor the pauses between them may grow by it. */
  async #countAsNotTried({ name, id }: Job<unknown>): Promise<void> {
    // The next fetch counts a retry only for a job that was started before.
    await this.#boss
      .getDb()
      .executeSql(`update ${SCHEMA}.job set started_on = null where name = $1 and id = $2`, [name, id])
      .catch((err: unknown) => this.#log.warn({ err, jobId: id }, 'A job handed over counts as tried'))
  }

  /** A job that failed waits behind those that were not tried yet: its age alone would put it before them. */
  async #goBehind({ name, id }: Job<unknown>): Promise<void> {
    await this.#boss
      .getDb()
      .executeSql(`update ${SCHEMA}.job set priority = priority - $1 where name = $2 and id = $3`, [
        FAILURE_PENALTY,
        name,
        id,
      ])
      .catch((err: unknown) => this.#log.warn({ err, jobId: id }, 'A failed job keeps its place'))
  }
}

function settingsOf(policy: JobPolicy) {
  return {
    retryLimit: policy.retryLimit,
    retryDelay: policy.retryDelaySeconds,
    // Doubled at each retry; a delay of 0 stays 0.
    ...(policy.retryDelaySeconds > 0
      ? { retryBackoff: true, retryDelayMax: policy.retryDelaySecondsMax ?? RETRY_DELAY_SECONDS_MAX }
      : { retryBackoff: false }),
    expireInSeconds: policy.expireInSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deadLetter: DEAD_LETTER,
    notify: true,
    // Counts for jobs that wait, too: with the default of 14 days they would disappear.
    retentionSeconds: 90 * DAY_SECONDS,
    deleteAfterSeconds: KEEP_FINISHED_SECONDS,
  } satisfies Omit<QueueSettings, 'name'>
}
