import { readFile } from 'node:fs/promises'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { type RawExport, smallExport } from './raw/raw-export.ts'
import { beginUpload, openedPage, type RawPage, rawPage } from './raw/raw-page.ts'
import { partsOf, statusHistoryOf, storedDigests, untilBytesThere, untilStatus } from './raw/sample-state.ts'
import { mintPatiently, sendPatiently } from './raw/send-patiently.ts'
import { type StartedProcess, startProcess } from './raw/start-process.ts'
import { type Balancer, startBalancer } from './service/balancer.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'
import {
  EVENTS_OF_A_SUCCESS,
  startWebhookReceiver,
  subscribe,
  summarizeDeliveries,
  type WebhookReceiver,
} from './service/webhook-receiver.ts'

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
const RESTARTS = TORTURE ? 20 : 1
const CLIENTS = 3
const UPLOADS_AT_ONCE = TORTURE ? 500 : 24
/** How many of them then send a file to the end. */
const ARRIVALS = TORTURE ? UPLOADS_AT_ONCE : 5
const MEGABYTE = 1_048_576
const CHUNK_BYTES = 100_000
/** What each of many uploads has sent when memory is looked at, and what all of them may cost. */
const PIECE_BYTES = 8 * MEGABYTE
const MEMORY_BYTES_MAX = 250 * MEGABYTE
/** A delivery that a stopped worker had in hand is given up after this long. */
const LEASE_SECONDS = 61

/**
 * Two web servers and two workers on one database and one store, behind a proxy that sends every request to the next
 * server. The store is a disk that all of them see; e2e/s3.spec.ts has the same on a bucket.
 */
let first: Service
let second: Service
let workers: StartedProcess[]
let balancer: Balancer
/** What the proxy shows of both: a service like any other. */
let together: Service
let partner: Partner
let receiver: WebhookReceiver
let seed = 20_000

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  receiver = await startWebhookReceiver()
  const shared = { WORKER: 'off', ALLOW_PRIVATE_TARGETS: '1' }
  first = await startService(shared)
  second = await startService({ ...shared, DATA_DIR: first.dataDir, PUBLIC_URL: first.origin })
  workers = await Promise.all([startWorker(), startWorker()])
  balancer = await startBalancer([first.address, second.address])
  together = { ...first, address: balancer.address }
  partner = await partnerOf(together, { rowsMin: ROWS_MIN })
  await subscribe(first, partner, receiver.url)
})
test.afterAll(async () => {
  await balancer?.stop()
  for (const worker of workers ?? []) worker.signal('SIGKILL')
  await second?.dispose()
  await first?.dispose()
  await receiver?.stop()
})

async function startWorker(): Promise<StartedProcess> {
  const worker = startProcess('lib/worker.ts', [], first.environment)
  await worker.says('worker ready')
  return worker
}

interface Sent {
  page: RawPage
  file: RawExport
}

/** The file is there, whole, received and analysed once, nothing lies beside it, and its partner was told each thing once. */
async function expectOnce({ page, file }: Sent): Promise<void> {
  await untilStatus(partner, page.sampleId, 'succeeded', { seconds: 90 })
  expect(await storedDigests(first, page.sampleId)).toEqual([file.sha256])
  const history = await statusHistoryOf(partner, page.sampleId)
  expect(history.filter((status) => status !== 'running')).toEqual([
    'consumer awaiting data',
    'scheduled',
    'succeeded',
  ])
  await expect.poll(() => partsOf(first, page.sampleId)).toEqual([])
  await expect
    .poll(() => summarizeDeliveries(receiver.delivered, page.sampleId), { timeout: 60_000 })
    .toEqual(EVENTS_OF_A_SUCCESS)
}

test('without sticky sessions, uploads whose pieces reach alternating servers are received, analysed and reported once', async () => {
  const sent = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const file = await smallExport(++seed, { rows: 20_000, stored: true })
      const page = await openedPage(together, partner)
      await sendPatiently(page, file, { chunkBytes: CHUNK_BYTES })
      return { page, file }
    }),
  )
  for (const each of sent) {
    await expectOnce(each)
    // Nobody was killed: the two workers have not done anything twice.
    expect(
      (await statusHistoryOf(partner, each.page.sampleId)).filter((one) => one === 'running'),
    ).toHaveLength(1)
  }
  const ids = receiver.delivered.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a rolling restart of servers and workers under load loses no link, no upload and no event', {
  tag: '@torture',
}, async () => {
  test.setTimeout(180_000 + RESTARTS * 60_000)
  let restarting = true
  let asked = 0
  const before = await samplesOf(partner)
  const sent: Sent[] = []
  const clients = Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (restarting) {
        const link = await mintPatiently(partner, `rolling-${++asked}`)
        const file = await smallExport(++seed, { rows: 20_000, stored: true })
        const page = rawPage(together, link)
        await sendPatiently(page, file, { chunkBytes: CHUNK_BYTES })
        sent.push({ page, file })
      }
    }),
  )
  const restarts = (async () => {
    for (let round = 0; round < RESTARTS; round++) {
      for (const replica of [first, second]) {
        expect(await replica.stop()).toBe(0)
        await replica.start()
      }
      for (const n of [0, 1]) {
        workers[n]!.signal('SIGTERM')
        expect(await workers[n]!.exited).toBe(0)
        workers[n] = await startWorker()
      }
    }
  })().finally(() => {
    restarting = false
  })
  const failures = (await Promise.allSettled([clients, restarts])).filter(
    ({ status }) => status === 'rejected',
  )
  expect(failures).toEqual([])

  expect(sent.length).toBe(asked)
  expect(await samplesOf(partner)).toBe(before + asked)
  await first.advance(LEASE_SECONDS)
  for (const each of sent) await expectOnce(each)
})

async function samplesOf({ call, projectId }: Partner): Promise<number> {
  const answer = await call('GET', `/api/v2/project-samples/${projectId}?limit=1`)
  return ((await answer.json()) as { meta: { count: number } }).meta.count
}

test('many simultaneous uploads need a bounded amount of one server’s memory, and all arrive', async () => {
  test.setTimeout(180_000 + UPLOADS_AT_ONCE * 2_000)
  const pages = await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, () => openedPage(first, partner)))
  const before = await memoryOf(first.pid(), 'VmRSS')

  // Together they are several times the bound, and none of them ends.
  const large = { bytes: new Uint8Array(FILE_BYTES_MAX), sha256: '0'.repeat(64) }
  const piece = large.bytes.subarray(0, PIECE_BYTES)
  const patches = await Promise.all(
    pages.map(async (page) => {
      const at = await beginUpload(page, large)
      const patch = page.openPatch(at, 0, large.bytes.length)
      await patch.write(piece)
      await untilBytesThere(first, at, piece.length - MEGABYTE)
      return patch
    }),
  )
  const more = (await memoryOf(first.pid(), 'VmHWM')) - before
  for (const patch of patches) patch.cut()
  expect(more).toBeLessThan(MEMORY_BYTES_MAX)

  const sent = await Promise.all(
    pages.slice(0, ARRIVALS).map(async (page) => {
      const file = await smallExport(++seed)
      await sendPatiently(page, file, { seconds: 120 })
      return { page, file }
    }),
  )
  for (const each of sent) await expectOnce(each)
})

/** Bytes of a process's memory, as the system counts them. */
async function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined)
  test.skip(status === undefined, 'memory: there is no /proc here')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status!)![1]) * 1_024
}

test('two servers and two workers that sweep at the same time end every session once', {
  tag: '@torture',
}, async () => {
  const opened = await Promise.all(Array.from({ length: 5 }, () => openedPage(together, partner)))
  const minted = await Promise.all(Array.from({ length: 5 }, () => partner.mint()))
  await Promise.all([first.advance(4_000), second.advance(0), second.advance(0), first.advance(0)])
  const ids = [...opened.map(({ sampleId }) => sampleId), ...minted.map(({ sample_id }) => sample_id)]
  const endings = ['array_data_upload_expired', 'sample_status_changed']
  for (const id of ids) {
    await untilStatus(partner, id, 'consumer session expired')
    expect(await statusHistoryOf(partner, id)).toEqual(['consumer awaiting data', 'consumer session expired'])
    const told = () => summarizeDeliveries(receiver.delivered, id).filter((one) => !one.includes('opened'))
    await expect.poll(told).toEqual(endings.map((type) => `${type}: consumer session expired`))
  }
})
