import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Locker } from '@tus/utils'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Schema } from '#lib/platform/db/schema.ts'
import type { Env } from '#lib/platform/env.ts'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { Telemetry } from '#lib/platform/telemetry/telemetry.ts'
import { StartRefusal } from '../start-refusal.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { countErrors } from './blobs/count-errors.ts'
import { DiskBlobStore } from './blobs/disk-blob-store.ts'
import type { BucketFindings } from './blobs/inspect-bucket.ts'
import type { S3Location } from './blobs/s3-location.ts'
import { BlobPartStore } from './parts/blob-part-store.ts'
import { DiskPartStore } from './parts/disk-part-store.ts'
import { moveParts } from './parts/move-parts.ts'
import type { PartStore } from './parts/part-store.ts'
import type { Scratch } from './scratch.ts'

/** A store that starts together with the service is there by then. */
const WAIT_MS_MAX = 60_000
const RETRY_MS = 2_000

interface Given {
  db: Kysely<Schema>
  env: Env
  log: Logger
  scratch: Scratch
  secrets: Secrets
  telemetry: Telemetry
  locker: Locker
  /** Move over what an earlier setting left elsewhere: servers and workers do, commands do not. */
  settle: boolean
  /** Ends the waiting for a store: the process is being stopped. */
  signal?: AbortSignal | undefined
  waitMs?: number
}

export interface Storage {
  storage: BlobStore
  parts: PartStore
  close(): void
}

/**
 * Files and unfinished uploads as the environment wants them: on disk or in S3, encrypted by us or not. Rejects for a
 * bucket that strangers can read. What is not used (S3's SDK, age) is not loaded.
 */
export async function createStorage(given: Given): Promise<Storage> {
  const { env, locker, log } = given
  const opened = env.s3 ? await openBucket(env.s3, given) : undefined
  const store = await encryptedWhereWanted(
    opened?.store ?? new DiskBlobStore(path.join(env.dataDir, 'files')),
    given,
  )
  const storage = countErrors(store, given.telemetry)
  const inBlobs = new BlobPartStore(storage, locker)
  const directory = path.join(env.dataDir, 'parts')
  const plainDisk = !env.s3 && !env.encryptAtRest
  const onDisk = plainDisk || existsSync(directory) ? new DiskPartStore(directory, locker) : undefined
  const [parts, others] = plainDisk ? [onDisk!, inBlobs] : [inBlobs, onDisk]
  if (given.settle && others) {
    const moved = await moveParts(others, parts)
    if (moved > 0) log.info({ uploads: moved }, 'unfinished uploads were moved to the current storage')
  }
  return { storage, parts, close: () => opened?.store.close() }
}

async function openBucket(location: S3Location, given: Given) {
  const { scratch, log, settle } = given
  const { createS3Client } = await import('./blobs/create-s3-client.ts')
  const { S3BlobStore } = await import('./blobs/s3-blob-store.ts')
  const client = createS3Client(location)
  if (settle) {
    const { bucket } = location
    const findings = await inspectOnceReached(client, bucket, given).catch((thrown) => {
      client.destroy()
      throw thrown
    })
    if (findings.missing) {
      client.destroy()
      throw new StartRefusal(`The bucket ${bucket} does not exist: create it, private, and start again.`)
    }
    if (findings.public) {
      client.destroy()
      throw new StartRefusal(
        `The bucket ${bucket} is public: anyone could read genetic data in it. Make it private first.`,
      )
    }
    for (const warning of findings.warnings) log.warn({ bucket }, warning)
  }
  return { store: new S3BlobStore(location, scratch, client) }
}

async function inspectOnceReached(
  client: S3Client,
  bucket: string,
  { log, signal, waitMs = WAIT_MS_MAX }: Given,
): Promise<BucketFindings> {
  const { inspectBucket, UnreachableStore } = await import('./blobs/inspect-bucket.ts')
  const deadline = performance.now() + waitMs
  for (let tries = 0; ; tries++) {
    try {
      return await inspectBucket(client, bucket)
    } catch (thrown) {
      if (!(thrown instanceof UnreachableStore) || performance.now() >= deadline) throw thrown
      const seconds = Math.ceil((deadline - performance.now()) / 1_000)
      if (tries === 0)
        log.warn({ err: thrown }, `The store cannot be reached yet; waiting up to ${seconds} s more`)
      await wait(RETRY_MS, undefined, { signal })
    }
  }
}

/** Also when encryption is off, if files were encrypted before: they must still be readable. */
async function encryptedWhereWanted(
  inner: BlobStore,
  { env, db, secrets, scratch, log, settle }: Given,
): Promise<BlobStore> {
  const encrypt = env.encryptAtRest
  if (!encrypt && !(await hasFileKeys(db))) return inner
  const { EncryptedBlobStore } = await import('./blobs/encrypted-blob-store.ts')
  const { createFileKeys, resealFileKeys } = await import('./blobs/file-keys.ts')
  if (settle) {
    const resealed = await resealFileKeys({ db, secrets })
    if (resealed > 0)
      log.info({ keys: resealed }, 'file keys were sealed with the first secret of APP_SECRET')
  }
  return new EncryptedBlobStore(inner, { keys: createFileKeys({ db, secrets }), scratch, encrypt })
}

/** Whether any file was ever encrypted here. */
async function hasFileKeys(db: Kysely<Schema>): Promise<boolean> {
  return (await db.selectFrom('file_key').select('owner').limit(1).executeTakeFirst()) !== undefined
}
