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
import type { SignIn } from '#lib/platform/sign-in/sign-in.ts'
import type { BlobStore } from '#lib/platform/storage/blobs/blob-store.ts'
import type { PartStore } from '#lib/platform/storage/parts/part-store.ts'
import type { Scratch } from '#lib/platform/storage/scratch.ts'
import type { Telemetry } from '#lib/platform/telemetry/telemetry.ts'

export type Database = Kysely<Schema>
export type Tx = Transaction<Schema>

/** Everything of the outside world that a verb may touch. Made once, by `boot.ts`. */
export interface Services {
  env: Env
  db: Database
  clock: Clock
  queue: Queue<JobPayloads>
  storage: BlobStore
  parts: PartStore
  limiter: RateLimiter
  /** The one door to URLs that strangers gave. */
  outbound: Outbound
  log: Logger
  /** What monitoring is told; nothing, unless the environment wants it. */
  telemetry: Telemetry
  /** Secrets derived from APP_SECRET: the first signs, all of them verify. */
  secrets: Secrets
  passwords: Passwords
  /** Sessions of the console, and second factors. */
  signIn: SignIn
  /** Judges one stored archive in a thread of its own, bounded in time and memory. */
  checkArchive: ArchiveCheck
  /** Room on the local disk for a run under way. */
  scratch: Scratch
  /** What every run does, by the kind of its input. */
  analyzers: Analyzers
}

/** Every job there is, with its data. Handlers and policies are put together in `jobs.ts`. */
export interface JobPayloads {
  /** Judge the bytes of an upload whose last byte is in. */
  'verify-upload': { uploadId: string }
  /** Analyse the accepted file of a sample. */
  'run-analysis': { runId: string }
  /** The same for FASTQ files, which are fetched for hours: exports must not wait behind them. */
  'run-fastq-analysis': { runId: string }
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
  if (!ready) throw new Error('The services are not there: this process was not started through boot.ts')
  return ready
}
