import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Upload } from '@tus/utils'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { Caller } from '#lib/access/caller.ts'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import type { ExportSummary } from '#lib/genotype/export-summary.ts'
import { JOB_POLICIES } from '#lib/jobs.ts'
import { createApiKey, type NewApiKey } from '#lib/keys/create-api-key.ts'
import { CONSOLE_SESSION } from '#lib/people/console-session.ts'
import { advanceTestClock, createClock } from '#lib/platform/clock.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { readEnv } from '#lib/platform/env.ts'
import { createOutbound } from '#lib/platform/outbound/create-outbound.ts'
import { createPasswords } from '#lib/platform/passwords.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import { createRateLimiter } from '#lib/platform/rate-limiter.ts'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { createSharedReads } from '#lib/platform/shared-reads.ts'
import { createSignIn } from '#lib/platform/sign-in/create-sign-in.ts'
import { DiskBlobStore } from '#lib/platform/storage/blobs/disk-blob-store.ts'
import { DiskPartStore } from '#lib/platform/storage/parts/disk-part-store.ts'
import { PostgresLocker } from '#lib/platform/storage/parts/postgres-locker.ts'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import { createNoTelemetry } from '#lib/platform/telemetry/no-telemetry.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { PIPELINE_CAPABILITIES } from '#lib/projects/pipeline-capability.ts'
import type { Project, ProjectSettings } from '#lib/projects/project.ts'
import type { JobPayloads, Services } from '#lib/services.ts'
import { findSession } from '#lib/sessions/find-session.ts'
import { type LinkToken, signLinkToken } from '#lib/sessions/link/link-token.ts'
import { mintSession } from '#lib/sessions/link/mint-session.ts'
import { openSession } from '#lib/sessions/open-session.ts'
import type { Session } from '#lib/sessions/session.ts'
import { beginUpload } from '#lib/sessions/upload/begin-upload.ts'
import { uploadIdFor } from '#lib/sessions/upload/upload.ts'
import { aSummary, publishOriginal } from './export-stand-ins.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** One partner as tests need it: its project, a key bound to it, and who that key is. */
export interface TestPartner {
  project: Project
  key: string
  caller: Caller
}

/** One minted link: its claims, its token, and the header that the page sends. */
export interface TestLink extends LinkToken {
  token: string
  authorization: string
}

/** What a test sends: a file, how much of it has arrived, and the digest that was announced. */
interface SentFile {
  bytes: Uint8Array
  sent: number
  sha256: string
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export type TestServices = Awaited<ReturnType<typeof testServices>>

/**
 * Real services for one test file: a fresh database unless one is given, the real queue without workers, disk stores in their own
 * directory, and a clock that only `advance` moves ahead of real time. `checkArchive` accepts everything unless it is
 * overridden. `stop()` leaves nothing behind.
 */
export async function testServices(overrides: Partial<Services> = {}, given?: TestDatabase) {
  const database = given ?? (await createTestDatabase(JOB_POLICIES))
  const directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-test-'))
  const log = pino({ level: 'silent' })
  const db = connect({ url: database.url, log })
  const locker = new PostgresLocker(database.url)
  const queue = new PgBossQueue<JobPayloads>({ url: database.url, log, supervise: false })
  await queue.start(JOB_POLICIES)
  const env = {
    ...readEnv({ DATA_DIR: directory, DATABASE_URL: database.url }),
    appSecret: randomBytes(32).toString('hex'),
  }
  const outbound = createOutbound({ allowPrivate: true })
  const clock = createClock(db)
  // Cheap, because tests are about who may sign in, not about the cost of guessing.
  const passwords = createPasswords({ N: 1_024, r: 8, p: 1 })
  const secrets = await loadSecrets(env)
  const services: Services = {
    env,
    db,
    log,
    telemetry: createNoTelemetry(),
    outbound,
    queue,
    clock,
    storage: new DiskBlobStore(path.join(directory, 'files')),
    parts: new DiskPartStore(path.join(directory, 'parts'), locker),
    locks: locker,
    scratch: createScratch(path.join(directory, 'scratch')),
    capabilities: PIPELINE_CAPABILITIES,
    analyzers: { array: [publishOriginal], fastq: [] },
    limiter: createRateLimiter(),
    reads: createSharedReads(),
    passwords,
    secrets,
    signIn: createSignIn({ db, clock, passwords, secrets, log, env, session: CONSOLE_SESSION }),
    checkArchive: acceptingCheck(),
    ...overrides,
  }
  return {
    services,
    directory,
    databaseUrl: database.url,
    ...makers(services),
    async stop() {
      await outbound.close()
      await queue.stop()
      await locker.close()
      await db.destroy()
      await database.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function makers(services: Services) {
  const { db } = services

  async function aProject(settings: Partial<ProjectSettings> = {}): Promise<Project> {
    return createProject({ db }, { name: `project-${randomBytes(4).toString('hex')}`, settings })
  }

  async function aKey(key: Partial<NewApiKey> = {}) {
    const { role = 'analyst', projectId = null } = key
    const made = await createApiKey({ db }, { name: 'test', role, projectId, ...key })
    return { ...made, caller: { apiKeyId: made.id, role, projectId } satisfies Caller }
  }

  async function aPartner(settings: Partial<ProjectSettings> = {}): Promise<TestPartner> {
    const project = await aProject(settings)
    const { key, caller } = await aKey({ projectId: project.id })
    return { project, key, caller }
  }

  /** A minted link, of a new partner unless one is given. */
  async function aLink(fields: Record<string, unknown> = {}, partner?: TestPartner): Promise<TestLink> {
    const { caller } = partner ?? (await aPartner())
    const claims = await mintSession(services, caller, fields)
    const token = signLinkToken(services.secrets, claims)
    return { ...claims, token, authorization: `Bearer ${token}` }
  }

  const readSession = (link: TestLink): Promise<Session> => findSession(services, link.authorization)

  /** A link that has just been opened. */
  async function anOpenLink(fields: Record<string, unknown> = {}, partner?: TestPartner): Promise<TestLink> {
    const link = await aLink(fields, partner)
    await openSession(services, await readSession(link))
    return link
  }

  /** A started upload for a link's sample, with `sent` of its bytes stored; all of them by default. */
  async function anUpload(
    { sampleId }: TestLink,
    { bytes = randomBytes(2_000), sent = bytes.length, sha256 = digestOf(bytes) }: Partial<SentFile> = {},
  ): Promise<string> {
    const id = uploadIdFor(sampleId)
    await beginUpload(services, { id, sampleId, size: bytes.length, sha256 })
    await services.parts.tus.create(new Upload({ id, size: bytes.length, offset: 0, metadata: { sha256 } }))
    await services.parts.tus.write(Readable.from([bytes.subarray(0, sent)]), id, 0)
    return id
  }

  /** The run that waits for a sample. */
  async function runOf(sampleId: string): Promise<string> {
    const found = db.selectFrom('run').select('id').where('sample_id', '=', sampleId)
    return (await found.executeTakeFirstOrThrow()).id
  }

  return {
    aProject,
    anUpload,
    runOf,
    aKey,
    aPartner,
    aLink,
    anOpenLink,
    readSession,
    /** Tries to sign in count from zero again. */
    forgetTries: () => db.deleteFrom('sign_in_try').execute(),
    advance: (seconds: number) => advanceTestClock(db, seconds),

    /** Stop this database's clock for good: from now on it shows the time given to `setTime`. For exact boundaries. */
    async stopClock(): Promise<{ setTime: (time: Date) => Promise<unknown> }> {
      await sql`create table stopped_clock as select app_now() as now`.execute(db)
      await sql`create or replace function app_now() returns timestamptz language sql stable
        return (select now from stopped_clock)`.execute(db)
      return { setTime: (time) => sql`update stopped_clock set now = ${time}`.execute(db) }
    },

    /** Data of the waiting jobs of this kind, oldest first. */
    async queued<Name extends keyof JobPayloads>(name: Name): Promise<JobPayloads[Name][]> {
      const { rows } = await sql<{ data: JobPayloads[Name] }>`
        select data from queue.job where name = ${name} and state < 'active' order by created_on`.execute(db)
      return rows.map((row) => row.data)
    },

    /** Statuses of a sample, oldest first. */
    async statusesOf(sampleId: string): Promise<string[]> {
      const history = db.selectFrom('sample_status').select('status').where('sample_id', '=', sampleId)
      return (await history.orderBy('created').execute()).map((row) => row.status)
    },

    /** Kinds and reasons of the events of a session, oldest first. */
    async eventsOf(sampleId: string): Promise<{ kind: string; reason: string | null }[]> {
      const events = db
        .selectFrom('session_event')
        .select(['kind', 'reason'])
        .where('sample_id', '=', sampleId)
      return events.orderBy('created').execute()
    },
  }
}

/** A check that accepts everything. */
export const acceptingCheck =
  (numbers: Partial<ExportSummary> = {}): ArchiveCheck =>
  async () => ({
    ok: true,
    accepted: {
      vendor: '23andme',
      statedBuild: 37,
      container: 'original',
      summary: aSummary(numbers),
    },
  })

/** The same object with these members replaced, to stop a verb at exactly one point. */
export function overriding<Target extends object>(target: Target, members: Partial<Target>): Target {
  return new Proxy(target, {
    get(_target, name) {
      const value = Reflect.get(name in members ? members : target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
