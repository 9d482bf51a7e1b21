import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { JOB_POLICIES, jobHandlers } from '#lib/jobs.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import { createThreads } from '#lib/platform/threads.ts'
import type { Project } from '#lib/projects/project.ts'
import type { JobPayloads } from '#lib/services.ts'
import { aFastqRun } from '#lib/testing/fastq-run-for-tests.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { sendRange, startStore, type TestStore } from '../store-for-tests.ts'
import { createFastqAnalyzer } from './create-fastq-analyzer.ts'
import { LANE_FAILURES_MAX, LANE_PAUSE_SECONDS } from './limits.ts'
import { lanesOf } from './source-lanes.ts'

const SOON = { timeout: 100_000, interval: 50 }
const bytes = gzipSync(synthesizeFastq({ reads: 100 }))

let t: TestServices
let good: TestStore
let hanging: TestStore
let worker: PgBossQueue<JobPayloads>
const urls = new Map<string, string>()

beforeAll(async () => {
  t = await testServices()
  good = await startStore((request, response) => sendRange(request, response, bytes))
  // By every address of this machine: as many hosts.
  hanging = await startStore(() => {}, '0.0.0.0')
  // A host that was never asked has seconds; here it has less.
  const lanes = { ...lanesOf(t.services.db), patience: async () => 150 }
  const analyse = createFastqAnalyzer(
    createThreads({ threadsMax: 4, codeCache: path.join(t.directory, 'code-cache') }),
    {
      ...t.services,
      lanes,
      findSource: async (uploadId) => ({ url: urls.get(uploadId)!, size: null, expiresAt: null }),
    },
  )
  t.services.analyzers = { array: [], fastq: [analyse], putOff: lanes.putOff }
  worker = new PgBossQueue({
    url: t.databaseUrl,
    log: t.services.log,
    supervise: true,
    pollSeconds: 0.5,
  })
  await worker.start(JOB_POLICIES)
})
afterAll(async () => {
  await Promise.all([good.stop(), hanging.stop()])
  await worker.stop()
  await t.stop()
})

/** A port on which nobody listens. */
async function refusing(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

async function queueRuns(project: Project, origin: string, count: number): Promise<string[]> {
  const runs: string[] = []
  for (let n = 0; n < count; n++) {
    const uploadId = randomUUID()
    urls.set(uploadId, `${origin}/s${n}_R1.fastq.gz`)
    const waiting = { projectId: project.id, lane: new URL(origin).host, r1: { uploadId }, r2: null }
    runs.push((await aFastqRun(t.services, waiting)).runId)
  }
  return runs
}

const runsNow = (ids: string[]) =>
  t.services.db.selectFrom('run').select(['state', 'attempts', 'note']).where('id', 'in', ids).execute()

// Before the worker begins, because this test makes the attempt itself.
test('a busy host that asks for a pause is left alone for as long, by one project', async () => {
  const [project, other] = [await t.aProject(), await t.aProject()]
  const lanes = lanesOf(t.services.db)
  const busy = await startStore((_, response) => void response.writeHead(429, { 'Retry-After': '300' }).end())
  const [runId] = (await queueRuns(project, busy.origin, 1)) as [string]
  const run = (projectId: string) => ({
    projectId,
    lane: new URL(busy.origin).host,
    input: { kind: 'fastq', r1: { uploadId: randomUUID() }, r2: null } as const,
  })
  await expect(runAnalysis(t.services, { runId })).rejects.toThrow('with 429')
  await busy.stop()
  expect(await lanes.putOff(run(project.id))).toBeGreaterThan(200)
  expect(await lanes.putOff(run(other.id))).toBeUndefined()
})

test('200 dead sources do not hold up five good ones of the same project, nor one of another', async () => {
  const [project, other] = [await t.aProject(), await t.aProject()]
  const { port } = new URL(hanging.origin)
  const others = Array.from({ length: 20 }, (_, n) => `http://127.0.1.${n + 1}:${port}`)
  const dead = [
    ...(await queueRuns(project, await refusing(), 90)),
    ...(await queueRuns(project, hanging.origin, 90)),
    // Each of these holds a worker until its patience ends.
    ...(await Promise.all(others.map((origin) => queueRuns(project, origin, 1)))).flat(),
  ]
  const alive = [...(await queueRuns(project, good.origin, 5)), ...(await queueRuns(other, good.origin, 1))]
  await worker.work(
    { ...JOB_POLICIES, 'verify-upload': { ...JOB_POLICIES['verify-upload'], workers: 0 } },
    jobHandlers(t.services),
  )
  await vi.waitFor(
    async () =>
      expect((await runsNow(alive)).map(({ state }) => state)).toEqual(alive.map(() => 'succeeded')),
    SOON,
  )
  // A host that does not respond is asked by one run at a time, and goes behind those not tried yet.
  const tried = (await runsNow(dead)).filter(({ attempts }) => attempts > 0)
  expect(tried.length).toBeLessThan(40)
  expect(tried.every(({ attempts }) => attempts <= 2)).toBe(true)
})

test('pauses of a host grow, are of one project, end when it responds, and after many failures its runs end', async () => {
  const { db } = t.services
  const [project, other] = [await t.aProject(), await t.aProject()]
  const lanes = lanesOf(db)
  const lane = { projectId: project.id, host: 'store.example' }
  const run = (projectId: string) => ({
    projectId,
    lane: lane.host,
    input: { kind: 'fastq', r1: { uploadId: randomUUID() }, r2: null } as const,
  })
  const elapse = () =>
    sql`update source_lane set paused_until = clock_timestamp() where project_id = ${project.id}`.execute(db)

  expect(await lanes.putOff(run(project.id))).toBeUndefined()
  expect(await lanes.putOff(run(project.id))).toBeGreaterThanOrEqual(1)
  const pauses: number[] = []
  for (let failure = 1; failure < LANE_FAILURES_MAX; failure++) {
    expect(await lanes.pause(lane)).toBe(false)
    pauses.push(Math.round((await lanes.putOff(run(project.id)))!))
    await elapse()
    expect(await lanes.putOff(run(project.id))).toBeUndefined()
  }
  expect(pauses.slice(0, 6)).toEqual([...LANE_PAUSE_SECONDS])
  expect(new Set(pauses.slice(6))).toEqual(new Set([LANE_PAUSE_SECONDS.at(-1)]))
  expect(await lanes.pause(lane)).toBe(true)
  expect(await lanes.putOff(run(other.id))).toBeUndefined()

  await lanes.open(lane)
  expect(await lanes.putOff(run(project.id))).toBeUndefined()
  expect(await lanes.putOff(run(project.id))).toBeUndefined()
  // However many requests were under way when it stopped responding: that is one failure.
  const atOnce = Array.from({ length: LANE_FAILURES_MAX }, () => lanes.pause(lane))
  expect(await Promise.all(atOnce)).not.toContain(true)
  expect(await lanes.putOff(run(project.id))).toBeLessThanOrEqual(LANE_PAUSE_SECONDS[0])
})
