import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Analyzers } from '#lib/analysis/analyzer.ts'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import type { Clock } from '#lib/platform/clock.ts'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Env } from '#lib/platform/env.ts'
import type { Outbound } from '#lib/platform/outbound/outbound.ts'
import type { Passwords } from '#lib/platform/passwords.ts'
import type { Queue } from '#lib/platform/queue/queue.ts'
import type { RateLimiter } from '#lib/platform/rate-limiter.ts'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { SharedReads } from '#lib/platform/shared-reads.ts'
import type { SignIn } from '#lib/platform/sign-in/sign-in.ts'
import type { BlobStore } from '#lib/platform/storage/blobs/blob-store.ts'
import type { PartStore } from '#lib/platform/storage/parts/part-store.ts'
import type { Scratch } from '#lib/platform/storage/scratch.ts'
import type { Telemetry } from '#lib/platform/telemetry/telemetry.ts'
import type { PipelineCapability } from '#lib/projects/pipeline-capability.ts'

export type Database = Kysely<Schema>
export type Tx = Transaction<Schema>

/** Everything outside the process that a verb may use. Built once, by `boot.ts`. */
export interface Services {
  env: Env
  db: Database
  clock: Clock
  queue: Queue<JobPayloads>
  storage: BlobStore
  parts: PartStore
  /** The locks of `parts`: whether they can be taken now. */
  locks: { check(): Promise<void> }
  limiter: RateLimiter
  /** One question to the database for requests that arrive together and ask the same. */
  reads: SharedReads
  /** The only way to URLs that strangers gave. */
  outbound: Outbound
  log: Logger
  /** Metrics and traces; off unless the environment enables them. */
  telemetry: Telemetry
  /** Secrets derived from APP_SECRET: the first signs, all of them verify. */
  secrets: Secrets
  passwords: Passwords
  /** Sessions of the console, and second factors. */
  signIn: SignIn
  /** Judges one stored archive in a thread of its own, bounded in time and memory. */
  checkArchive: ArchiveCheck
  /** Folders on the local disk for runs in progress. */
  scratch: Scratch
  /** The steps of every run, by the kind of its input. */
  analyzers: Analyzers
  /** What a project can choose: imputation only with panels that are here. */
  capabilities: readonly PipelineCapability[]
}

/** Every kind of job, with its data. Handlers and policies are in `jobs.ts`. */
export interface JobPayloads {
  /** Check the bytes of an upload that has been received in full. */
  'verify-upload': { uploadId: string }
  /** Analyse the accepted file of a sample. */
  'run-analysis': { runId: string }
  /** The same for FASTQ files, in a queue of its own: fetching takes hours, and exports must not wait for it. */
  'run-fastq-analysis': { runId: string }
  /** The same for exports that are imputed, for an hour each. */
  'run-imputation': { runId: string }
  /** Remove the bytes of deleted samples. */
  'erase-samples': { sampleIds: string[] }
}

const KEY = Symbol.for('arraydrop.services')
const shared = globalThis as { [KEY]?: Services }

/** Node's copy of a module and the bundler's share what hangs on `globalThis`, and nothing else. */
export function provideServices(services: Services | undefined): void {
  shared[KEY] = services
}

/** Throws when the process was not started through `boot.ts`; nothing connects at import time. */
export function services(): Services {
  const ready = shared[KEY]
  if (!ready) throw new Error('There are no services: this process was not started through boot.ts')
  return ready
}
