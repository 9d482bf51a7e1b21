import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Options when a job is queued. */
export interface EnqueueOptions {
  /** At most one job with this key waits at a time. */
  singletonKey?: string
  startAfterSeconds?: number
  /** Jobs with a higher number go first; 0 unless it is given. */
  priority?: number
  /** Whom the job is for: a policy may limit how many workers one group has. */
  group?: string
}

/** How one kind of job is processed. */
export interface JobPolicy {
  /** Jobs of this kind that one process works on at once. */
  workers: number
  retryLimit: number
  /** Before the first retry; each later one waits twice as long, up to `retryDelaySecondsMax`. */
  retryDelaySeconds: number
  retryDelaySecondsMax?: number
  /** Workers of one process that jobs of one group may have at once; all of them unless it is given. */
  workersPerGroup?: number
  /** A job that takes longer counts as failed, even while its heartbeat continues. */
  expireInSeconds: number
}

/** Jobs, kept in the same database as the rows they are about. `Payloads` maps a job's name to its data. */
export interface Queue<Payloads> {
  /** Queue a job in the caller's transaction: the row and its job are committed together, or neither is. */
  enqueue<Name extends keyof Payloads & string>(
    db: Transaction<Schema> | Kysely<Schema>,
    name: Name,
    data: Payloads[Name],
    options?: EnqueueOptions,
  ): Promise<void>
  /** Rejects unless jobs can be queued right now. */
  check(): Promise<void>
  /** Jobs that wait or run, and the age in seconds of the oldest that waits, per kind. */
  depth(): Promise<{ name: string; waiting: number; running: number; oldestSeconds: number }[]>
}

/** The reason of a handler's signal when its process stops: what it did not finish is handed over, and has not failed. */
export interface HandOver extends Error {
  name: 'HandOver'
}

/** Work on jobs until stopped. A handler that throws a `Problem` is final; anything else is retried by its policy. */
export interface QueueWorker<Payloads> {
  work(
    policies: Record<keyof Payloads & string, JobPolicy>,
    handlers: { [Name in keyof Payloads]: (data: Payloads[Name], signal: AbortSignal) => Promise<void> },
  ): Promise<void>
  /**
   * Let running jobs finish for at most 15 s, then abort them, and wait 5 s more; what is left is taken up by
   * another worker or the next start, and counts as not tried unless the process has `failed`.
   */
  stop(how?: { failed: boolean }): Promise<void>
}
