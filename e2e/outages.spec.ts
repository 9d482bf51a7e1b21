import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { type RawExport, smallExport } from './raw/raw-export.ts'
import { beginUpload, isWhole, openedPage, type RawPage, rawPage, sendFile } from './raw/raw-page.ts'
import {
  filesBelow,
  partsOf,
  statusHistoryOf,
  storedDigests,
  untilBytesThere,
  untilStatus,
} from './raw/sample-state.ts'
import { mintPatiently, sendPatiently } from './raw/send-patiently.ts'
import { type OpenRequest, openRequest, sendRequest } from './raw/send-request.ts'
import { type StartedProcess, startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'
import {
  EVENTS_OF_A_SUCCESS,
  startWebhookReceiver,
  subscribe,
  summarizeDeliveries,
} from './service/webhook-receiver.ts'

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/** `KILL_ROUNDS` sets another number of rounds. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? (TORTURE ? 300 : 1))
const UPLOADS_A_ROUND = 6
/** Within the time that a round's uploads take. */
const MOMENT_MS_MAX = 1_000
/** A killed worker's job comes back after its heartbeat, one look of the monitor, and a poll; several may wait. */
const COMES_BACK_SECONDS = 120
/** Longer than the first waits between attempts of a delivery, and than the lease of a process that is gone. */
const FEW_ATTEMPTS_SECONDS = 400
let seed = 30_000

const readyAt = async ({ address }: Service) =>
  (await sendRequest(address, { method: 'GET', path: '/api/health/ready' })).status

interface Sent {
  page: RawPage
  file: RawExport
}

/** What was acknowledged is there, whole, analysed to the end, and nothing beside it. */
async function expectKept(service: Service, partner: Partner, { page, file }: Sent): Promise<void> {
  await untilStatus(partner, page.sampleId, 'succeeded', { seconds: COMES_BACK_SECONDS })
  expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
  const history = await statusHistoryOf(partner, page.sampleId)
  expect(history.filter((status) => status !== 'running')).toEqual([
    'consumer awaiting data',
    'scheduled',
    'succeeded',
  ])
  await expect.poll(() => partsOf(service, page.sampleId)).toEqual([])
}

/** A server with a worker beside it: whichever is killed, the other is still working. */
interface Victims {
  service: Service
  worker: StartedProcess
}

async function startWorker(service: Service): Promise<StartedProcess> {
  const worker = startProcess('lib/worker.ts', [], service.environment)
  await worker.says('worker ready')
  return worker
}

/** In this order at first: the first round kills server and worker, and exchanges the secret. The database alone has a test in crash.spec.ts. */
const KILLS = {
  /** Not what is killed but what is exchanged: links and sealed secrets of the old one keep working. */
  secret: async (victims: Victims) => {
    await victims.service.admin('rotate-secret')
    await KILLS.server(victims)
    await KILLS.worker(victims)
  },
  server: async ({ service }: Victims) => {
    await service.kill()
    await service.start()
  },
  database: async ({ service }: Victims) => {
    const file = await readFile(path.join(service.dataDir, 'postgres/data/postmaster.pid'), 'utf8')
    process.kill(Number(file.split('\n')[0]), 'SIGKILL')
    await expect.poll(() => readyAt(service), { timeout: 60_000, intervals: [100] }).toBe(200)
  },
  worker: async (victims: Victims) => {
    victims.worker.signal('SIGKILL')
    await victims.worker.exited
    victims.worker = await startWorker(victims.service)
  },
}

test('server, worker and database killed at random moments, and the secret rotated: every upload arrives once and whole, every event is delivered, and no sample is stuck', async () => {
  test.setTimeout(240_000 + ROUNDS * 30_000)
  const random = seededRandom(8)
  const receiver = await startWebhookReceiver()
  const service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  const victims: Victims = { service, worker: await startWorker(service) }
  try {
    const partner = await partnerOf(service, { rowsMin: ROWS_MIN })
    await subscribe(service, partner, receiver.url)
    const names = Object.keys(KILLS) as (keyof typeof KILLS)[]
    const sent: Sent[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const uploads = Array.from({ length: UPLOADS_A_ROUND }, async (_, n) => {
        const link = await mintPatiently(partner, `fire-${round}-${n}`)
        const file = await smallExport(++seed, { rows: 5_000, stored: true })
        const page = rawPage(service, link)
        await sendPatiently(page, file, { chunkBytes: 30_000 })
        return { page, file }
      })
      const settled = Promise.allSettled(uploads)
      await wait(random() * MOMENT_MS_MAX)
      // Each in turn at first, so that a few rounds have killed everything.
      const victim = names[round < names.length ? round : Math.floor(random() * names.length)]!
      await KILLS[victim](victims)
      for (const upload of await settled) {
        if (upload.status === 'rejected') {
          throw new Error(`After a kill of the ${victim}, round ${round}`, { cause: upload.reason })
        }
        sent.push(upload.value)
      }
    }
    for (const each of sent) await expectKept(service, partner, each)
    const untold = async () => {
      await service.advance(FEW_ATTEMPTS_SECONDS)
      return sent.filter(
        ({ page }) =>
          summarizeDeliveries(receiver.delivered, page.sampleId).join('\n') !==
          EVENTS_OF_A_SUCCESS.join('\n'),
      ).length
    }
    await expect.poll(untold, { timeout: 60_000, intervals: [500, 2_000] }).toBe(0)
    const all = await partner.call('GET', `/api/v2/project-samples/${partner.projectId}?limit=1`)
    expect(await all.json()).toMatchObject({ meta: { count: sent.length } })
  } finally {
    victims.worker.signal('SIGKILL')
    await victims.worker.exited
    await service.dispose()
    await receiver.stop()
  }
})

/** Space for everything that this test stores. */
const DISK_MEGABYTES = 64

/** A disk of its own, of so many MB; undefined where none can be mounted. */
async function mountDisk(directory: string, megabytes: number): Promise<Disk | undefined> {
  const run = promisify(execFile)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]).then(
    () => true,
    () => false,
  )
  if (!mounted) return undefined
  const filler = path.join(directory, 'filler')
  return {
    // Written until the disk refuses: what fitted stays.
    fill: () => writeFile(filler, new Uint8Array(megabytes * 1_048_576)).catch(() => {}),
    empty: () => rm(filler),
    allowWriting: async (allowed) => {
      await run('mount', ['-o', `remount,${allowed ? 'rw' : 'ro'}`, directory])
    },
    unmount: async () => void (await run('umount', ['-l', directory])),
  }
}
interface Disk {
  fill(): Promise<void>
  empty(): Promise<void>
  allowWriting(allowed: boolean): Promise<void>
  unmount(): Promise<void>
}

test('a full or read-only disk is reported in words; once there is space, uploads resume and checks finish', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-'))
  await chmod(dataDir, 0o711)
  const disks: Disk[] = []
  const mount = async (name: string) => {
    const disk = await mountDisk(path.join(dataDir, name), DISK_MEGABYTES)
    if (disk) disks.push(disk)
    test.skip(!disk, 'full disk: no file system can be mounted here')
    return disk!
  }
  let service: Service | undefined
  try {
    const parts = await mount('parts')
    const files = await mount('files')
    service = await startService({ DATA_DIR: dataDir })
    const partner = await partnerOf(service, { rowsMin: ROWS_MIN })
    const troublesOf = (disk: Disk) => [
      { begin: () => disk.fill(), end: () => disk.empty() },
      { begin: () => disk.allowWriting(false), end: () => disk.allowWriting(true) },
    ]
    for (const { begin, end } of TORTURE ? troublesOf(parts) : troublesOf(parts).slice(0, 1)) {
      const file = await smallExport(++seed, { rows: 40_000, stored: true })
      const page = await openedPage(service, partner)
      const at = await beginUpload(page, file)
      const half = file.bytes.length >> 1
      expect((await page.patch(at, 0, file.bytes.subarray(0, half))).status).toBe(204)
      await begin()
      const other = await openedPage(service, partner)
      const refused = [
        await page.patch(at, half, file.bytes.subarray(half)),
        await other.create({ size: file.bytes.length, sha256: file.sha256 }),
      ]
      for (const answer of refused) {
        expect(answer.status).toBe(503)
        expect(answer.json()).toMatchObject({ reason: 'service_unavailable', detail: expect.any(String) })
        expect(answer.body).not.toContain(dataDir)
      }
      const { upload } = await page.state()
      expect(upload!.offset).toBeGreaterThanOrEqual(half)
      await end()
      const rest = await page.patch(at, upload!.offset, file.bytes.subarray(upload!.offset))
      expect(isWhole(rest, file)).toBe(true)
      await sendFile(other, file)
      await expectKept(service, partner, { page, file })
    }

    // The bytes have arrived and only cannot be moved yet: they need not be sent again.
    for (const { begin, end } of TORTURE ? troublesOf(files) : troublesOf(files).slice(1)) {
      const file = await smallExport(++seed, { rows: 40_000, stored: true })
      const page = await openedPage(service, partner)
      await begin()
      await sendFile(page, file)
      await expect.poll(() => readyAt(service!)).toBe(503)
      expect((await page.state()).state).toBe('verifying')
      await end()
      await expectKept(service, partner, { page, file })
      expect(await readyAt(service)).toBe(200)
    }
    const left = await filesBelow(path.join(dataDir, 'files/.unfinished'))
    expect(left).toEqual([])
  } finally {
    await service?.dispose()
    for (const disk of disks) await disk.unmount()
    await rm(dataDir, { recursive: true, force: true })
  }
})

const SLOW_HEADS = 200
const SLOW_BODIES = 100
const BLACK_HOLES = TORTURE ? 20 : 8
const HONEST = TORTURE ? 20 : 8
/** No idle request may hold a connection for longer. */
const HELD_SECONDS_MAX = 180

test('hundreds of slow and half-open connections block no upload, and a connection that was cut off can resume', {
  tag: '@torture',
}, async ({ service, partner }) => {
  test.setTimeout(120_000 + (TORTURE ? HELD_SECONDS_MAX * 1_000 : 0))
  const server = service.pid()
  const { port, hostname } = new URL(service.address)
  const heads = Array.from({ length: SLOW_HEADS }, () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    socket.resume()
    socket.write('POST /api/upload/open HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    return socket
  })
  const bodies = await Promise.all(
    Array.from({ length: SLOW_BODIES }, async () => {
      const body = openRequest(service.address, {
        method: 'POST',
        path: '/api/v2/array-data-upload-form/',
        headers: { Authorization: `Api-Key ${partner.apiKey}`, 'Content-Length': 10_000 },
      })
      await body.write(Buffer.from('{'))
      return body
    }),
  )
  const lost = await Promise.all(
    Array.from({ length: BLACK_HOLES }, async (_, n) => {
      const file = await smallExport(40_000 + n, { rows: 30_000, stored: true })
      const page = await openedPage(service, partner)
      const at = await beginUpload(page, file)
      const patch = page.openPatch(at, 0, file.bytes.length)
      await patch.write(file.bytes.subarray(0, file.bytes.length >> 1))
      return { page, file, at, patch }
    }),
  )

  const sent = await Promise.all(
    Array.from({ length: HONEST }, async (_, n) => {
      const file = await smallExport(41_000 + n)
      const page = await openedPage(service, partner)
      await sendFile(page, file)
      return { page, file }
    }),
  )
  for (const each of sent) await expectKept(service, partner, each)
  // The phone is back from the tunnel, on another connection; the old one still hangs.
  for (const { page, file, at, patch } of lost.slice(0, 3)) {
    await untilBytesThere(service, at, 0)
    await sendPatiently(page, file)
    await expectKept(service, partner, { page, file })
    patch.cut()
  }
  expect(service.pid()).toBe(server)
  if (TORTURE) await expectCutOff(heads, [...bodies, ...lost.slice(3).map(({ patch }) => patch)])
  for (const socket of heads) socket.destroy()
  for (const body of [...bodies, ...lost.map(({ patch }) => patch)]) body.cut()
})

async function expectCutOff(sockets: Socket[], requests: OpenRequest[]): Promise<void> {
  const ended = Promise.all([
    ...sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    ...requests.map(({ answer }) => answer.catch(() => {})),
  ])
  const late = wait(HELD_SECONDS_MAX * 1_000, 'late', { ref: false })
  expect(await Promise.race([ended, late])).not.toBe('late')
}
