import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import type { Caller } from '#lib/access/caller.ts'
import { requeueRuns } from '#lib/analysis/queue-run.ts'
import { sweepRunFiles } from '#lib/analysis/remove-run-files.ts'
import { listAudit, listWholeAudit } from '#lib/audit/list-audit.ts'
import { AuditFilter, WholeAuditFilter } from '#lib/audit/wire.ts'
import { selectFastqUploads, selectPairs } from '#lib/fastq/listed-uploads-table.ts'
import { SheetFilter, UploadFilter } from '#lib/fastq/upload-filter.ts'
import { exportOverviews } from '#lib/insights/export-overviews.ts'
import { listOverviews } from '#lib/insights/list-overviews.ts'
import { OverviewConditions, OverviewFilter } from '#lib/insights/overview-filter.ts'
import { showInsights } from '#lib/insights/show-insights.ts'
import { InsightsFilter } from '#lib/insights/wire.ts'
import { createClock } from '#lib/platform/clock.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '#lib/platform/embedded-postgres/location.ts'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { countProject } from '#lib/samples/count-project.ts'
import { countSamples, listSamples } from '#lib/samples/list-samples.ts'
import { retainFiles } from '#lib/samples/retain-files.ts'
import { SampleConditions, SampleFilter } from '#lib/samples/sample-filter.ts'
import type { Services } from '#lib/services.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { deliverDue } from '#lib/webhooks/deliver-due.ts'
import { forgetEvents } from '#lib/webhooks/emit-event.ts'
import { listNotifications } from '#lib/webhooks/find-notification.ts'
import type { Bench } from './bench.ts'
import { least, measureInTurn } from './measure-in-turn.ts'
import type { Measurement } from './measurement.ts'
import { cpuMilliseconds } from './process-use.ts'
import { seedInstallation } from './seed-installation.ts'

const FEW = 10_000
/** `SCALE_SAMPLES` seeds fewer, to try a change of this file. */
const MANY = Number(process.env.SCALE_SAMPLES ?? 1_000_000)
const ROUNDS = 7
/** Below this nothing tells a query from the noise of the machine. */
const LEAST_MS = 1

type Asked = Pick<Services, 'db' | 'clock' | 'log'>
interface Installation {
  services: Services
  projectId: string
  subscriptionId: string
  /** A person with a role in each project. */
  person: Caller
}

const OWNER: Caller = { apiKeyId: crypto.randomUUID(), role: 'owner', projectId: null }
const FIRST = { limit: 25, offset: 0 }
/** What docs/operations.md advises for a million samples. */
const DATABASE_MEGABYTES = 2_048
/** 9,000 of the many are newer, and 90 of the few. */
const LATELY = new Date(Date.now() - (9_000 / MANY) * 1_095 * 86_400_000).toISOString()
/** Near the beginning of the three years. */
const FAR_AGO = new Date(Date.now() - 1_000 * 86_400_000).toISOString()

const COUNTED = 'counted to 10,000, of which the few have less'
/** What is measured, but not held to the bound, and why. */
const NAMED: Readonly<Record<string, string>> = {
  'counts of a project': 'grows with them',
  'sample counts of all projects': 'grows with them',
  'audit of a span': 'grows with what is newer than the span',
  'samples of a project, of a status': COUNTED,
  'all samples, of a status': 'read whole up to 10,000, of which the few have less',
  'all samples, of a reason': 'read whole up to 10,000, of which the few have less',
  'export of a search, first rows': 'read whole up to 10,000, of which the few have less',
  'samples of a project, of a status, by client id': COUNTED,
  'FASTQ files, that expire soon': 'the first page of a list of Gencove goes on until something is found',
}

const reasonOf = (name: string): string | undefined => NAMED[name] ?? (BOUNDED.test(name) ? LOOKS : undefined)
const LOOKS = 'looks at so many as the few have not, and at no more'
/** Their pages stop looking, and so have a cost of their own, not a ratio: see docs/operations.md. */
const BOUNDED = /lately|early date|late date|by a (search|status) and|FASTQ files,? (that|search)/

const QUERIES: Record<string, (installation: Installation) => Promise<unknown>> = {
  ...samplesBy('first page', {}),
  ...samplesBy('by creation', { sort_by: 'created' }),
  ...samplesBy('by client id', { sort_by: 'client_id', sort_order: 'asc' }),
  ...samplesBy('by id', { sort_by: 'id' }),
  ...samplesBy('by status', { sort_by: 'status' }),
  ...samplesBy('of a status', { status: 'failed' }),
  ...samplesBy('of a status, by client id', { status: 'failed', sort_by: 'client_id' }),
  ...samplesBy('search for a client id', { search: 'client-00000777' }),
  ...samplesBy('search in metadata', { search: 'tube-00000777' }),
  ...samplesBy('search that finds nothing', { search: 'nowhere-to-be-found' }),
  ...samplesBy('search that finds a tenth', { search: 'site-3' }),
  ...samplesBy('search of two letters', { search: 'zz' }),
  ...overviewsBy('first page', {}),
  ...overviewsBy('by creation', { sort_by: 'created' }),
  ...overviewsBy('by client id', { sort_by: 'client_id' }),
  ...overviewsBy('of a status', { status: 'failed' }),
  ...overviewsBy('of a rare reason', { reason: 'not_a_zip' }),
  ...overviewsBy('of a reason', { reason: 'link_expired' }),
  ...overviewsBy('of a vendor and a reason', { vendor: '23andme', reason: 'link_expired' }),
  ...overviewsBy('search', { search: 'tube-00000777' }),
  ...overviewsBy('search that finds a tenth', { search: 'site-3' }),
  ...overviewsBy('search of two letters', { search: 'zz' }),
  ...filtersTogether(),
  ...lately(),
  ...ofAPersonBy('first page', {}),
  ...ofAPersonBy('by client id', { sort_by: 'client_id' }),
  ...ofAPersonBy('search', { search: 'tube-00000777' }),
  ...sheetBy('newest first', {}),
  ...sheetBy('by change', { sort_by: 'modified' }),
  ...sheetBy('by client id', { sort_by: 'client_id', sort_order: 'asc' }),
  ...sheetBy('that belong to no sample', { status: 'unassigned', sort_by: 'modified' }),
  ...sheetBy('that expire soon', { expires_before: FAR_AGO, status: 'unassigned' }),
  ...sheetBy('search', { search: 'client-00000778' }),
  ...sheetBy('search of all', { search: 'fastq', sort_by: 'client_id' }),
  'FASTQ files that failed': ({ services }) =>
    selectFastqUploads(services.db, null, UploadFilter.parse({ status: 'failed' }), FIRST),
  'export, first rows': ({ services }) => firstRows(services, {}),
  'export of a search, first rows': ({ services }) => firstRows(services, { search: 'site-3' }),
  'insights of a year': ({ services }) => insightsOf(services, {}),
  'insights of a year of a project': ({ services, projectId }) =>
    insightsOf(services, { project: projectId }),
  'audit of a project': ({ services, projectId }) =>
    listAudit(services, projectId, AuditFilter.parse({}), FIRST),
  'audit of everything': ({ services }) => auditOf(services, {}),
  'audit of an action': ({ services }) => auditOf(services, { action: 'project.create' }),
  'audit of a span': ({ services }) =>
    auditOf(services, { until: new Date(Date.now() - 300 * 86_400_000).toISOString() }),
  'deliveries of a webhook': ({ services, subscriptionId }) =>
    listNotifications(services, OWNER, subscriptionId, { ...FIRST, state: undefined }),
  'failed deliveries of a webhook': ({ services, subscriptionId }) =>
    listNotifications(services, OWNER, subscriptionId, { ...FIRST, state: 'failed' }),
  'claim of deliveries': ({ services }) => deliverDue(services),
  'retention, nothing due': async ({ services }) => {
    await services.db
      .updateTable('retention')
      .set({ next_at: new Date(0) })
      .execute()
    await retainFiles(services)
  },
  'overdue links': ({ services }) => expireSessions(services),
  'lost runs': ({ services }) => requeueRuns(services),
  'files of runs that came to nothing': ({ services }) => sweepRunFiles(services),
  'old events': ({ services }) => forgetEvents(services),
  'counts of a project': ({ services, projectId }) =>
    countProject(services, OWNER, projectId, SampleConditions.parse({})),
  'sample counts of all projects': async ({ services }) =>
    countSamples(services, await services.db.selectFrom('project').select('id').execute()),
}

function samplesBy(name: string, query: Record<string, string>): typeof QUERIES {
  const filter = SampleFilter.parse(query)
  return {
    [`samples of a project, ${name}`]: ({ services, projectId }) =>
      listSamples(services, OWNER, projectId, filter, FIRST),
  }
}

/** Lists by two and three filters that many samples match one by one, and few or none together. */
function filtersTogether(): typeof QUERIES {
  const filters = {
    'a search': { search: 'site-tube' },
    'a status': { status: 'failed' },
    'an early date': { created_before: FAR_AGO },
    'a late date': { modified_after: FAR_AGO },
  }
  const reasons = { 'a reason': { reason: 'link_expired' }, 'a vendor': { vendor: 'myheritage' } }
  const behind = (name: string) => Object.entries(filters).slice(Object.keys(filters).indexOf(name) + 1)
  return Object.assign(
    {},
    ...Object.entries(filters).flatMap(([name, query]) => [
      ...behind(name).flatMap(([other, more]) => [
        ofOneBy(`by ${name} and ${other}`, { ...query, ...more }),
        ofAPersonBy(`by ${name} and ${other}`, { ...query, ...more }),
        ...behind(other).map(([third, most]) =>
          ofOneBy(`by ${name} and ${other} and ${third}`, { ...query, ...more, ...most }),
        ),
      ]),
      ...Object.entries(reasons).flatMap(([other, more]) => [
        overviewsBy(`by ${name} and ${other}`, { ...query, ...more }),
        ofAPersonBy(`by ${name} and ${other} and what is hidden`, {
          ...query,
          ...more,
          hidden_status: 'hidden',
        }),
      ]),
    ]),
  ) as typeof QUERIES
}

/** What an index finds up to 10,000 of is read whole, counted and put in order. */
function lately(): typeof QUERIES {
  const others = {
    'of a status': { status: 'failed' },
    'by a search': { search: 'site-tube' },
    'of a reason': { reason: 'link_expired' },
    'of a vendor': { vendor: 'myheritage' },
  }
  const created_after = LATELY
  return Object.assign(
    ofOneBy('made lately', { created_after }),
    overviewsBy('made lately', { created_after }),
    ...Object.entries(others).map(([name, query]) =>
      ofAPersonBy(`made lately, ${name}`, { ...query, created_after }),
    ),
  ) as typeof QUERIES
}

/** Without their URLs, which every installation seals with its own key. */
function sheetBy(name: string, query: Record<string, string>): typeof QUERIES {
  const filter = SheetFilter.parse(query)
  return { [`FASTQ files, ${name}`]: ({ services }) => selectPairs(services.db, null, filter, FIRST) }
}

function overviewsBy(name: string, query: Record<string, string>): typeof QUERIES {
  const filter = OverviewFilter.parse(query)
  return { [`all samples, ${name}`]: ({ services }) => listOverviews(services, OWNER, filter, FIRST) }
}

/** As `samples/?project=` lists them: the first page of Gencove's list goes on until something is found. */
function ofOneBy(name: string, query: Record<string, string>): typeof QUERIES {
  return {
    [`samples of a project, ${name}`]: ({ services, projectId }) =>
      listOverviews(services, OWNER, OverviewFilter.parse({ ...query, project: projectId }), FIRST),
  }
}

function ofAPersonBy(name: string, query: Record<string, string>): typeof QUERIES {
  const filter = OverviewFilter.parse(query)
  return {
    [`samples of 50 projects, ${name}`]: ({ services, person }) =>
      listOverviews(services, person, filter, FIRST),
  }
}

async function firstRows(services: Asked, query: Record<string, string>): Promise<void> {
  const reader = exportOverviews(services, OWNER, OverviewConditions.parse(query)).getReader()
  // The header, and a batch.
  await reader.read()
  await reader.read()
  await reader.cancel()
}

function insightsOf(services: Asked, query: Record<string, string>): Promise<unknown> {
  const from = new Date(Date.now() - 360 * 86_400_000).toISOString().slice(0, 10)
  return showInsights(services, OWNER, InsightsFilter.parse({ from, ...query }))
}

const auditOf = (services: Asked, query: Record<string, string>) =>
  listWholeAudit(services, OWNER, WholeAuditFilter.parse(query), FIRST)

/**
 * CPU that PostgreSQL takes for what lists, searches, counts and the sweep ask of a million samples, against the same of
 * ten thousand, on one connection without parallel workers.
 */
export async function measureScale({ directory }: Pick<Bench, 'directory'>): Promise<Measurement[]> {
  const server = await startServer(path.join(directory, 'scale'))
  try {
    const installations = {
      few: await openInstallation(await databaseOf(server.url, 'few'), FEW),
      many: await openInstallation(await databaseOf(server.url, 'many'), MANY),
    }
    const ratios: { name: string; many: number; ratio: number; shown: string }[] = []
    for (const [name, ask] of Object.entries(QUERIES)) {
      const taken = await measureInTurn(ROUNDS, {
        few: () => installations.few.cpuOf(ask),
        many: () => installations.many.cpuOf(ask),
      })
      const [few, many] = [least(taken.few), least(taken.many)]
      const ratio = Math.max(many, LEAST_MS) / Math.max(few, LEAST_MS)
      ratios.push({ name, many, ratio, shown: `${name} ${many.toFixed(1)} against ${few.toFixed(1)} ms` })
    }
    for (const { close } of Object.values(installations)) await close()
    const guarded = ratios.filter(({ name }) => !reasonOf(name)).toSorted((a, b) => b.ratio - a.ratio)
    return [
      {
        what: `CPU of PostgreSQL for each query of ${MANY.toLocaleString('en')} samples against the same of 10,000: the largest ratio`,
        value: guarded[0]!.ratio,
        bound: { atMost: 3 },
        unit: '×',
        record: [...guarded, ...ratios.filter(({ name }) => reasonOf(name))]
          .map(({ shown, name }) => (reasonOf(name) ? `${shown} (${reasonOf(name)})` : shown))
          .join(', '),
      },
      {
        what: `CPU of PostgreSQL for a page of ${MANY.toLocaleString('en')} samples that stops looking: the longest`,
        value: Math.max(...ratios.filter(({ name }) => reasonOf(name) === LOOKS).map(({ many }) => many)),
        bound: { atMost: 50 },
        unit: 'ms',
        alone: true,
        record: 'each by name above',
      },
    ]
  } finally {
    await server.stop()
  }
}

async function startServer(directory: string): Promise<{ url: string; stop(): Promise<void> }> {
  await mkdir(directory, { recursive: true })
  // As root, the server runs as another user.
  for (const folder of [path.dirname(directory), directory]) await chmod(folder, 0o755)
  const location = { dir: path.join(directory, 'postgres'), log: () => {} }
  const server = await startEmbeddedPostgres({ ...location, megabytes: DATABASE_MEGABYTES })
  const { client } = await connectAsSuperuser(prepareLocation(location.dir, location.log))
  await client.query('alter role arraydrop createdb')
  await client.query('alter role arraydrop set synchronous_commit = off')
  await client.query('alter role arraydrop set max_parallel_workers_per_gather = 0')
  await client.query(`alter role arraydrop set maintenance_work_mem = '512MB'`)
  await client.end()
  return server
}

async function databaseOf(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database scale_${name}`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/scale_${name}`
  await migrate({ url: url.href, log: pino({ level: 'silent' }) })
  return url.href
}

interface OpenInstallation {
  /** Milliseconds of CPU that PostgreSQL takes for what is asked. */
  cpuOf(ask: (installation: Installation) => Promise<unknown>): Promise<number>
  close(): Promise<void>
}

async function openInstallation(url: string, samples: number): Promise<OpenInstallation> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const seeded = await seedInstallation(client, samples)
  await client.end()
  const log = pino({ level: 'silent' })
  const db = connect({ url, log, connectionsMax: 1 })
  const projects = await db.selectFrom('project').select('id').execute()
  const person: Caller = {
    ...{ apiKeyId: null, userId: crypto.randomUUID(), role: null, projectId: null },
    projectRoles: Object.fromEntries(projects.map(({ id }) => [id, 'analyst'])),
  }
  const installation = { services: { db, log, clock: createClock(db) } as Services, ...seeded, person }
  return {
    async cpuOf(ask) {
      // An idle connection may have been replaced.
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      const { pid } = rows[0]!
      const before = cpuMilliseconds(pid)
      await ask(installation)
      return cpuMilliseconds(pid) - before
    },
    close: () => db.destroy(),
  }
}
