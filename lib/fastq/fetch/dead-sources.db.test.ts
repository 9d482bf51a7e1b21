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
import type { JobPayloads, Services } from '#lib/services.ts'
import { aFastqRun } from '#lib/testing/fastq-run-for-tests.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { synthesizeFastq } from '../fixtures/synthesize-fastq.ts'
import { sendRange, startStore, type TestStore } from '../store-for-tests.ts'
import { createFastqAnalyzer } from './create-fastq-analyzer.ts'
import {
  FETCH_WORKERS,
  LANE_FAILURES_MAX,
  LANE_LOOK_SECONDS,
  LANE_PAUSE_SECONDS,
  SLOW_PACE,
  SLOW_TURN_SECONDS,
} from './limits.ts'
import { createProbes, type Probes } from './probe-source.ts'
import { type Lanes, lanesOf } from './source-lanes.ts'
import type { Lane } from './source-lanes-table.ts'
import { createShares } from './worker-shares.ts'

/** Several times what a project may try at once; that 200 projects are, too, is shown by `npm run torture`. */
const DEAD = process.env.ARRAYDROP_TORTURE === '1' ? 200 : 40
const SOON = { timeout: 100_000, interval: 50 }
const bytes = gzipSync(synthesizeFastq({ reads: 100 }))

let t: TestServices
let good: TestStore
let hanging: TestStore
let probes: Probes
let lanes: Lanes
const urls = new Map<string, string>()
const findSource = async (uploadId: string) => ({ url: urls.get(uploadId)!, size: null, expiresAt: null })
const onReady = async () => {}
const workers: PgBossQueue<JobPayloads>[] = []

beforeAll(async () => {
  t = await testServices()
  good = await startStore((request, response) => sendRange(request, response, bytes))
  // By every address of this machine: as many hosts.
  hanging = await startStore(() => {}, '0.0.0.0')
  ;({ probes, lanes } = use(t.services))
})
afterAll(async () => {
  await Promise.all([good.stop(), hanging.stop(), probes.stop(), ...workers.map((worker) => worker.stop())])
  await t.stop()
})

/** Fetch by this outside world from now on. */
function use({ outbound, clock }: Pick<Services, 'outbound' | 'clock'>) {
  const { services } = t
  const shares = createShares()
  const made = createProbes({ ...services, outbound })
  const known = lanesOf({ ...services, findSource, shares, probes: made })
  const threads = createThreads({ threadsMax: 4, codeCache: path.join(t.directory, 'code-cache') })
  const surroundings = {
    ...services,
    outbound,
    clock,
    lanes: known,
    shares,
    findSource,
    program: 'Arraydrop',
  }
  const analyse = createFastqAnalyzer(threads, surroundings)
  services.analyzers = { array: [], fastq: [analyse], putOff: known.putOff }
  return { probes: made, lanes: known }
}

async function startWorker(): Promise<PgBossQueue<JobPayloads>> {
  const { services } = t
  const worker = new PgBossQueue<JobPayloads>({
    url: t.databaseUrl,
    log: services.log,
    supervise: true,
    pollSeconds: 0.5,
  })
  workers.push(worker)
  await worker.start(JOB_POLICIES)
  const policies = { ...JOB_POLICIES, 'verify-upload': { ...JOB_POLICIES['verify-upload'], workers: 0 } }
  await worker.work(policies, jobHandlers(services))
  return worker
}

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

const expectSucceeded = (ids: string[]) =>
  vi.waitFor(
    async () => expect((await runsNow(ids)).map(({ state }) => state)).toEqual(ids.map(() => 'succeeded')),
    SOON,
  )

// Before a worker begins, because this test makes the attempts itself.
test('a busy host that asks for a pause is left alone for as long, by one project', async () => {
  const [project, other] = [await t.aProject(), await t.aProject()]
  const busy = await startStore((_, response) => void response.writeHead(429, { 'Retry-After': '300' }).end())
  const [runId] = (await queueRuns(project, busy.origin, 1)) as [string]
  const run = async (projectId: string) => {
    const uploadId = randomUUID()
    urls.set(uploadId, `${busy.origin}/s_R1.fastq.gz`)
    const input = { kind: 'fastq', r1: { uploadId }, r2: null } as const
    return { id: uploadId, projectId, lane: new URL(busy.origin).host, input, pauseSeconds: 0 }
  }
  const ready = vi.fn(onReady)
  expect(await lanes.putOff(await run(project.id), ready)).toBe(LANE_LOOK_SECONDS)
  await vi.waitFor(() => expect(ready).toHaveBeenCalledOnce(), SOON)
  await expect(runAnalysis(t.services, { runId })).rejects.toThrow('with 429')
  expect(await lanes.putOff(await run(project.id), onReady)).toBeGreaterThan(200)
  expect(await lanes.putOff(await run(other.id), ready)).toBe(LANE_LOOK_SECONDS)
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2), SOON)
  expect(await lanes.putOff(await run(other.id), onReady)).toBeUndefined()
  await busy.stop()
})

test(`${DEAD} dead sources do not hold up five good ones of the same project, nor one of another`, async () => {
  const [project, other] = [await t.aProject(), await t.aProject()]
  const { port } = new URL(hanging.origin)
  const others = Array.from({ length: DEAD / 4 }, (_, n) => `http://127.0.1.${n + 1}:${port}`)
  const dead = [
    ...(await queueRuns(project, await refusing(), (DEAD * 3) / 8)),
    ...(await queueRuns(project, hanging.origin, (DEAD * 3) / 8)),
    ...(await Promise.all(others.map((origin) => queueRuns(project, origin, 1)))).flat(),
  ]
  const alive = [...(await queueRuns(project, good.origin, 5)), ...(await queueRuns(other, good.origin, 1))]
  const worker = await startWorker()
  await expectSucceeded(alive)
  // No worker was given to a host that does not respond.
  expect((await runsNow(dead)).filter(({ attempts }) => attempts > 0)).toEqual([])
  await worker.stop()
  await probes.stop()
  await t.services.db.updateTable('run').set({ state: 'canceled' }).where('id', 'in', dead).execute()
})

/**
 * An outside world whose time only `elapse` moves: hosts called dead never respond, those called trickle respond to a
 * try, and then send nothing.
 */
function aStillWorld() {
  const ticks = new Set<(seconds: number) => void>()
  const underWay = { dead: new Set<string>(), trickle: [] as string[] }
  const stream: Services['outbound']['stream'] = async ({ url, headers, signal }, receive) => {
    const { host } = new URL(url)
    const silence = () =>
      new Promise<never>((_, reject) => {
        const end = () => reject(signal!.reason)
        signal!.addEventListener('abort', end, { once: true })
        if (signal!.aborted) end()
      })
    if (host.startsWith('dead')) {
      underWay.dead.add(host)
      return silence()
    }
    const isTry = headers!.range !== 'bytes=0-'
    async function* body(): AsyncGenerator<Uint8Array, void, void> {
      if (host.startsWith('good') || isTry) {
        yield bytes
        return
      }
      underWay.trickle.push(host)
      await silence().finally(() => underWay.trickle.splice(underWay.trickle.indexOf(host), 1))
    }
    const sent = { 'content-length': String(bytes.length), etag: '"1"' }
    return { received: await receive({ status: 200, headers: sent, body: body() }) }
  }
  const countLived: Services['clock']['countLived'] = (_, onTick) => {
    let lived = 0
    const tick = (seconds: number) => {
      lived += seconds
      onTick(lived)
    }
    ticks.add(tick)
    return () => void ticks.delete(tick)
  }
  return {
    outbound: overriding(t.services.outbound, { stream, refuse: () => undefined }),
    clock: { ...t.services.clock, countLived },
    underWay,
    elapse: (seconds: number) => {
      for (const tick of [...ticks]) tick(seconds)
    },
  }
}

test(`${DEAD} dead sources of ${DEAD} projects, and two projects whose sources trickle, hold up five good ones for ten seconds`, async () => {
  const world = aStillWorld()
  const own = use(world)
  const [one, two, three] = [await t.aProject(), await t.aProject(), await t.aProject()]
  const worker = await startWorker()
  const trickling = [
    ...(await queueRuns(one, 'https://trickle-1.example', 4)),
    ...(await queueRuns(two, 'https://trickle-2.example', 4)),
  ]
  await vi.waitFor(() => expect(world.underWay.trickle).toHaveLength(FETCH_WORKERS), SOON)
  const dead: string[] = []
  for (let n = 0; n < DEAD; n++) {
    dead.push(...(await queueRuns(await t.aProject(), `https://dead-${n}.example`, 1)))
  }
  const alive = await queueRuns(three, 'https://good.example', 5)

  world.elapse(SLOW_PACE.seconds)
  await expectSucceeded(alive)
  await vi.waitFor(() => expect(world.underWay.dead.size).toBe(DEAD), SOON)
  expect((await runsNow(dead)).filter(({ attempts }) => attempts > 0)).toEqual([])
  // One run of each project that trickles keeps its worker, and the others wait without an attempt that counts.
  await vi.waitFor(() => {
    // And one more of them is on trial.
    expect(world.underWay.trickle.length).toBeLessThanOrEqual(3)
    expect(new Set(world.underWay.trickle)).toEqual(new Set(['trickle-1.example', 'trickle-2.example']))
  }, SOON)
  expect((await runsNow(trickling)).every(({ state }) => state === 'running' || state === 'queued')).toBe(
    true,
  )
  expect(await lanes.isSlow({ projectId: one.id, host: 'trickle-1.example' })).toBe(true)
  const more = await queueRuns(three, 'https://good.example', 3)
  await expectSucceeded(more)

  await own.probes.stop()
  await t.services.db
    .updateTable('run')
    .set({ state: 'canceled' })
    .where('id', 'in', [...dead, ...trickling])
    .execute()
  await worker.stop()
})

test('no host has all workers, and slow ones have their turn', () => {
  const shares = createShares()
  const begin = (project: string, host: string, slow = false) =>
    shares.begin({ runId: `${project} ${host}`, projectId: project, hosts: [host], slow })
  const ofOneHost = Array.from({ length: FETCH_WORKERS }, (_, n) => begin(`p${n}`, 'store.example'))
  expect(ofOneHost.map((share) => share !== undefined)).toEqual([true, true, true, false])
  const ofBoth = { runId: 'r9', projectId: 'p9', hosts: ['other.example', 'store.example'], slow: false }
  expect(shares.hasRoom(ofBoth)).toBe(false)
  for (const share of ofOneHost) share?.end()

  const [a, b] = [begin('a', 'one.example', true)!, begin('b', 'two.example')!]
  expect(b.becomeSlow()).toBe(true)
  expect(a.isOver(SLOW_TURN_SECONDS - 1)).toBe(false)
  const c = begin('c', 'three.example')!
  expect(c.becomeSlow()).toBe(false)
  expect(a.isOver(SLOW_TURN_SECONDS)).toBe(true)
  a.end()
  expect(c.becomeSlow()).toBe(true)
  c.becomeFast()
  expect(c.isOver(SLOW_TURN_SECONDS)).toBe(false)
  expect(begin('d', 'four.example', true)).toBeDefined()
})

test('a host that is slow to one run does not hold up another that it sends to, and no slow one begins again and again', () => {
  const shares = createShares()
  const begin = (run: string, project = 'p') =>
    shares.begin({ runId: run, projectId: project, hosts: ['one.example'], slow: true })
  begin('slow')
  const trial = begin('quick')!
  expect(begin('next')).toBeUndefined()
  trial.becomeFast()
  const next = begin('next')!
  expect(next.becomeSlow()).toBe(false)
  next.end()
  trial.end()
  expect(begin('next')).toBeUndefined()
  expect(begin('another')).toBeDefined()
})

test('pauses of a host grow, are of one project, end when it responds, and after many failures its runs end', async () => {
  const { db } = t.services
  const [project, other] = [await t.aProject(), await t.aProject()]
  const lane = { projectId: project.id, host: 'store.example' }
  const shares = createShares()
  const tried: Lane[] = []
  const known = lanesOf({
    ...t.services,
    findSource,
    shares,
    probes: { hasRoom: () => true, begin: ({ projectId, host }) => void tried.push({ projectId, host }) },
  })
  const run = (projectId: string) => {
    const uploadId = randomUUID()
    urls.set(uploadId, 'https://store.example/s_R1.fastq.gz')
    return {
      id: uploadId,
      projectId,
      lane: lane.host,
      pauseSeconds: 0,
      input: { kind: 'fastq', r1: { uploadId }, r2: null } as const,
    }
  }
  const putOff = (projectId = project.id) => known.putOff(run(projectId), onReady)
  const elapse = () =>
    sql`update source_lane set paused_until = clock_timestamp() where project_id = ${project.id}`.execute(db)

  expect(await putOff()).toBe(LANE_LOOK_SECONDS)
  expect(tried).toEqual([lane])
  expect(await putOff()).toBeGreaterThanOrEqual(1)
  const pauses: number[] = []
  for (let failure = 1; failure < LANE_FAILURES_MAX; failure++) {
    expect(await known.pause(lane)).toBe(false)
    pauses.push(Math.round((await putOff())!))
    await elapse()
    expect(await putOff()).toBe(LANE_LOOK_SECONDS)
    expect(tried).toHaveLength(failure + 1)
  }
  expect(pauses.slice(0, 6)).toEqual([...LANE_PAUSE_SECONDS])
  expect(new Set(pauses.slice(6))).toEqual(new Set([LANE_PAUSE_SECONDS.at(-1)]))
  expect(await known.isDead(lane)).toBe(false)
  expect(await known.pause(lane)).toBe(true)
  // Its runs start, to end.
  expect(await known.isDead(lane)).toBe(true)
  expect(await putOff()).toBeUndefined()
  expect(await known.isDead({ ...lane, projectId: other.id })).toBe(false)

  await known.open(lane)
  expect(await putOff()).toBeUndefined()
  // A run that failed makes its own pause, however well the host responds.
  expect(await known.putOff({ ...run(project.id), pauseSeconds: 7 }, onReady)).toBe(7)
  // What responded long ago may have died since, and is tried before it is given a worker.
  await sql`update source_lane set opened_at = clock_timestamp() - interval '11 minutes'`.execute(db)
  const before = tried.length
  expect(await putOff()).toBe(LANE_LOOK_SECONDS)
  expect(tried).toHaveLength(before + 1)
  await known.open(lane)
  expect(await putOff()).toBeUndefined()
  // However many requests were under way when it stopped responding: that is one failure.
  const atOnce = Array.from({ length: LANE_FAILURES_MAX }, () => known.pause(lane))
  expect(await Promise.all(atOnce)).not.toContain(true)
  expect(await putOff()).toBeLessThanOrEqual(LANE_PAUSE_SECONDS[0])
})
