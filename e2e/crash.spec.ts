import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { seededRandom } from '#lib/genotype/fixtures/seeded-random.ts'
import { expect, test } from './fixtures.ts'
import { type RawExport, smallExport } from './raw/raw-export.ts'
import { beginUpload, isWhole, openedPage, type RawPage, sendAllButLast, sendFile } from './raw/raw-page.ts'
import {
  bytesThere,
  partsOf,
  statusHistoryOf,
  storedDigests,
  untilBytesThere,
  untilStatus,
} from './raw/sample-state.ts'
import { startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/** Kills of the server: in mid-upload, and around the last byte. */
const MID_ROUNDS = TORTURE ? 200 : 1
const LAST_BYTE_ROUNDS = TORTURE ? 300 : 1
const UPLOADS_A_ROUND = 4
const CHUNK_BYTES = 1_048_576
/** Of which a worker has begun some, and not all, when it is killed. */
const JOBS = TORTURE ? 8 : 6
/** A killed worker's job comes back after its heartbeat, one look of the monitor, and a poll. */
const COMES_BACK_SECONDS = 90
const ROUND_MS = 20_000

/** A sample that was sent, and what it must have in the end. */
interface Sent {
  page: RawPage
  file: RawExport
}

/** What was acknowledged is there: once, whole, analysed to the end, and nothing beside it. */
async function expectKeptOnce(service: Service, partner: Partner, { page, file }: Sent): Promise<void> {
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

/** Go on as the page does: by `state`, from the offset the server has. */
async function goOn({ page, file }: Sent): Promise<void> {
  const { state, upload } = await page.state()
  if (state !== 'opened') return
  if (upload?.sha256 !== file.sha256) throw new Error('The server forgot an upload that it had begun')
  const rest = await page.patch(upload.path, upload.offset, file.bytes.subarray(upload.offset))
  if (!isWhole(rest, file)) throw new Error(`Going on answered ${rest.status}`)
}

test('killed during an upload, the server resumes where it was: at most one chunk is sent twice', async ({
  service,
  partner,
}) => {
  test.setTimeout(120_000 + MID_ROUNDS * ROUND_MS)
  const random = seededRandom(1)
  const sent: Sent[] = []
  for (let round = 0; round < MID_ROUNDS; round++) {
    const file = await smallExport(round, { rows: 150_000, stored: true })
    const size = file.bytes.length
    const page = await openedPage(service, partner)
    const at = await beginUpload(page, file)

    const whole = Math.floor(random() * Math.floor(size / CHUNK_BYTES)) * CHUNK_BYTES
    let wire = 0
    for (; wire < whole; wire += CHUNK_BYTES) {
      expect((await page.patch(at, wire, file.bytes.subarray(wire, wire + CHUNK_BYTES))).status).toBe(204)
    }
    const piece = file.bytes.subarray(whole, Math.min(whole + CHUNK_BYTES, size))
    // More than the server holds back before it writes.
    const part = piece.subarray(0, Math.floor(piece.length * (0.3 + 0.5 * random())))
    const patch = page.openPatch(at, whole, piece.length)
    await patch.write(part)
    wire += part.length
    await untilBytesThere(service, at, whole)
    await service.kill()
    patch.cut()
    await service.start()

    const offset = Number((await page.head(at)).headers['upload-offset'])
    expect(offset).toBeGreaterThan(whole)
    expect(offset).toBeLessThan(size)
    expect(await bytesThere(service, at)).toBe(offset)
    const rest = file.bytes.subarray(offset)
    expect(isWhole(await page.patch(at, offset, rest), file)).toBe(true)
    expect(wire + rest.length).toBeLessThanOrEqual(size + CHUNK_BYTES)
    sent.push({ page, file })
  }
  for (const each of sent) await expectKeptOnce(service, partner, each)
})

test('killed around the last byte, the server loses nothing it acknowledged and runs everything once', async ({
  service,
  partner,
}) => {
  test.setTimeout(120_000 + LAST_BYTE_ROUNDS * ROUND_MS)
  const sent: Sent[] = []
  for (let round = 0; round < LAST_BYTE_ROUNDS; round++) {
    const uploads = await Promise.all(
      Array.from({ length: UPLOADS_A_ROUND }, async (_, n) => {
        const file = await smallExport(1_000 + round * UPLOADS_A_ROUND + n)
        const page = await openedPage(service, partner)
        return { page, file, at: await sendAllButLast(page, file) }
      }),
    )
    // At the first answer, with the last byte on its way, at the last answer, or once the first file is being checked.
    const answers = uploads.map(({ page, file, at }) =>
      page.patch(at, file.bytes.length - 1, file.bytes.subarray(-1)),
    )
    const moments = [
      () => Promise.any(answers),
      () => untilBytesThere(service, uploads[0]!.at, uploads[0]!.file.bytes.length - 1),
      () => Promise.all(answers),
      () => untilStatus(partner, uploads[0]!.page.sampleId, 'scheduled').catch(() => {}),
    ]
    const settled = Promise.allSettled(answers)
    await (round % 5 === 4 ? Promise.any(answers) : moments[round % 4]!())
    await service.kill()
    const acknowledged = (await settled).map(
      (answer) => answer.status === 'fulfilled' && answer.value.status === 204,
    )
    await service.start()

    for (const [n, upload] of uploads.entries()) {
      if (!acknowledged[n]) await goOn(upload)
      else expect(['verifying', 'received']).toContain((await upload.page.state()).state)
    }
    sent.push(...uploads)
  }
  for (const each of sent) await expectKeptOnce(service, partner, each)
})

test('after the database is killed under load, the service recovers and has everything it acknowledged', async ({
  service,
  partner,
}) => {
  const sent: Sent[] = []
  for (let n = 0; n < 6; n++)
    sent.push({ page: await openedPage(service, partner), file: await smallExport(5_000 + n) })
  const sending = sent.map(async (each) => {
    const at = await beginUpload(each.page, each.file)
    return isWhole(await each.page.patch(at, 0, each.file.bytes), each.file)
  })
  await Promise.any(sending)
  const pid = Number(
    (await readFile(path.join(service.dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0],
  )
  const server = service.pid()
  process.kill(pid, 'SIGKILL')
  const acknowledged = (await Promise.allSettled(sending)).map(
    (answer) => answer.status === 'fulfilled' && answer.value,
  )

  const ready = async () => (await partner.call('GET', '/api/health/ready')).status
  await expect.poll(ready, { timeout: 60_000, intervals: [100] }).toBe(200)
  expect(service.pid()).toBe(server)
  expect(acknowledged).toContain(true)
  for (const [n, each] of sent.entries()) {
    if (!acknowledged[n] && (await each.page.state()).state === 'opened') {
      if ((await each.page.state()).upload) await goOn(each)
      else await sendFile(each.page, each.file)
    }
    await expectKeptOnce(service, partner, each)
  }
})

test('after a worker is killed during its jobs, the next worker finishes each of them once', {
  tag: '@torture',
}, async () => {
  const service = await startService({ WORKER: 'off' })
  try {
    const partner = await partnerOf(service, { rowsMin: 1_000 })
    const sent: Sent[] = []
    for (let n = 0; n < JOBS; n++) {
      const each = {
        page: await openedPage(service, partner),
        file: await smallExport(6_000 + n, { rows: 50_000 }),
      }
      await sendFile(each.page, each.file)
      sent.push(each)
    }
    const statuses = () =>
      Promise.all(sent.map(async ({ page }) => (await partner.sample(page.sampleId)).last_status.status))

    const killed = startProcess('lib/worker.ts', [], service.environment)
    await expect
      .poll(async () => new Set(await statuses()).size, { timeout: 60_000, intervals: [5] })
      .toBeGreaterThan(1)
    killed.signal('SIGKILL')
    expect(await killed.exited).toBe('SIGKILL')
    expect(await statuses()).toContain('consumer awaiting data')

    const next = startProcess('lib/worker.ts', [], service.environment)
    for (const each of sent) await expectKeptOnce(service, partner, each)
    next.signal('SIGTERM')
    expect(await next.exited).toBe(0)
  } finally {
    await service.dispose()
  }
})
