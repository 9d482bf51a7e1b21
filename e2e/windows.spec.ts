import { expect, test } from './fixtures.ts'
import { exportCutOff, smallExport } from './raw/raw-export.ts'
import { isWhole, openedPage, rawPage, sendAllButLast, sendFile } from './raw/raw-page.ts'
import {
  partsOf,
  statusHistoryOf,
  storedDigests,
  timelineOf,
  untilBytesThere,
  untilStatus,
} from './raw/sample-state.ts'
import { startProcess } from './raw/start-process.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

/** Seconds that a slow machine may need between two steps of a test at a border. */
const LEEWAY = 60
const LINK_SECONDS = 60
const UPLOAD_SECONDS = 900
const FAILURE = 'https://partner.example/no?case=7#top'

test.describe('the link window', () => {
  test('a link opened in its last seconds runs its whole upload window', async ({ service, partner }) => {
    const page = rawPage(service, await partner.mint({ expires_in: LINK_SECONDS + LEEWAY }))
    await service.advance(LINK_SECONDS)
    expect((await page.state()).seconds_remaining).toBeLessThanOrEqual(LEEWAY)
    const opened = await page.open()
    expect(opened.status).toBe(200)
    expect(opened.json<{ seconds_remaining: number }>().seconds_remaining).toBeGreaterThan(
      UPLOAD_SECONDS - LEEWAY,
    )
  })

  test('a link stops working once its window is over, and leads back to the partner', async ({
    service,
    partner,
  }) => {
    const link = await partner.mint({ expires_in: LINK_SECONDS, redirect_on_failure: FAILURE })
    const page = rawPage(service, link)
    await service.advance(LINK_SECONDS)

    const opened = await page.open()
    expect(opened.status).toBe(410)
    expect(opened.json()).toMatchObject({
      state: 'expired',
      reason: 'link_expired',
      seconds_remaining: null,
      redirect_to: 'https://partner.example/no?case=7&reason=link_expired#top',
    })
    expect((await page.create({ size: 10, sha256: '0'.repeat(64) })).status).toBe(410)
    expect(await statusHistoryOf(partner, page.sampleId)).toEqual([
      'consumer awaiting data',
      'consumer session expired',
    ])
    expect(await timelineOf(partner, page.sampleId)).toEqual([
      { kind: 'minted', reason: null },
      { kind: 'expired', reason: 'link_expired' },
    ])
  })

  test('once opened, a link keeps working after its own window: reload, second tab, upload', async ({
    service,
    partner,
  }) => {
    const link = await partner.mint({ expires_in: LINK_SECONDS })
    const page = rawPage(service, link)
    await page.open()
    await service.advance(UPLOAD_SECONDS - LINK_SECONDS)

    const again = await rawPage(service, link).open()
    expect(again.status).toBe(200)
    // Opening again does not begin the window anew.
    expect(again.json<{ seconds_remaining: number }>().seconds_remaining).toBeLessThanOrEqual(LINK_SECONDS)
    expect((await timelineOf(partner, page.sampleId)).map(({ kind }) => kind)).toEqual(['minted', 'opened'])
    await sendFile(page, await smallExport(1))
    await untilStatus(partner, page.sampleId, 'succeeded')
  })
})

test.describe('the upload window', () => {
  test('a last byte just before the deadline is in time', async ({ service, partner }) => {
    const file = await smallExport(2)
    const page = await openedPage(service, partner)
    const path = await sendAllButLast(page, file)
    await service.advance(UPLOAD_SECONDS - LEEWAY)
    expect((await page.state()).seconds_remaining).toBeLessThanOrEqual(LEEWAY)

    expect((await page.patch(path, file.bytes.length - 1, file.bytes.subarray(-1))).status).toBe(204)
    await untilStatus(partner, page.sampleId, 'succeeded')
    expect(await statusHistoryOf(partner, page.sampleId)).toEqual([
      'consumer awaiting data',
      'scheduled',
      'running',
      'succeeded',
    ])
    await service.advance(UPLOAD_SECONDS)
    expect((await partner.sample(page.sampleId)).last_status.status).toBe('succeeded')
    expect((await page.state()).state).toBe('received')
  })

  test('a last byte held back past the deadline is too late', async ({ service, partner }) => {
    const file = await smallExport(3)
    const page = await openedPage(service, partner, { redirect_on_failure: FAILURE })
    const path = await sendAllButLast(page, file)
    const held = page.openPatch(path, file.bytes.length - 1, 1)
    // The head of the request is on its way while there is time.
    held.write(new Uint8Array(0)).catch(() => {})
    await service.advance(UPLOAD_SECONDS)

    const answer = await held.end(file.bytes.subarray(-1)).catch(() => undefined)
    expect(isWhole(answer, file)).toBe(false)
    expect((await page.patch(path, file.bytes.length - 1, file.bytes.subarray(-1))).status).toBe(410)
    expect(await page.state()).toMatchObject({
      state: 'expired',
      reason: 'session_expired',
      redirect_to: 'https://partner.example/no?case=7&reason=session_expired#top',
    })
    expect(await statusHistoryOf(partner, page.sampleId)).toEqual([
      'consumer awaiting data',
      'consumer session expired',
    ])
    expect(await partsOf(service, page.sampleId)).toEqual([])
    expect(await storedDigests(service, page.sampleId)).toEqual([])
  })

  test('one sweep records every expired session exactly once, without a request', async ({
    service,
    partner,
  }) => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => openedPage(service, partner)))
    await service.advance(UPLOAD_SECONDS)
    await service.advance(0)
    for (const { sampleId } of pages) {
      const { last_status, upload_session } = await partner.sample(sampleId)
      expect(last_status.status).toBe('consumer session expired')
      expect(upload_session?.state).toBe('expired')
      expect(await timelineOf(partner, sampleId)).toEqual([
        { kind: 'minted', reason: null },
        { kind: 'opened', reason: null },
        { kind: 'expired', reason: 'session_expired' },
      ])
    }
  })

  test('a page that is closed with the last byte, before any answer, still has its file', async ({
    service,
    partner,
  }) => {
    for (let round = 0; round < 3; round++) {
      const file = await smallExport(10 + round)
      const page = await openedPage(service, partner)
      const path = await sendAllButLast(page, file)
      const last = page.openPatch(path, file.bytes.length - 1, 1)
      await last.write(file.bytes.subarray(-1))
      await untilBytesThere(service, path, file.bytes.length - 1)
      last.cut()
      await untilStatus(partner, page.sampleId, 'succeeded')
      expect(await storedDigests(service, page.sampleId)).toEqual([file.sha256])
    }
  })
})

test.describe('checking that ends after the deadline', () => {
  let service: Service
  let partner: Partner

  test.beforeAll(async () => {
    // Nobody works on jobs until a test starts a worker: a check takes as long as the test likes.
    service = await startService({ WORKER: 'off' })
    partner = await partnerOf(service, { rowsMin: 1_000, name: 'Slow checks' })
  })
  test.afterAll(() => service.dispose())

  test('the good file is scheduled; the bad one ends its session only then', {
    tag: '@torture',
  }, async () => {
    const [good, bad] = [await openedPage(service, partner), await openedPage(service, partner)]
    const file = await smallExport(20)
    await sendFile(good, file)
    await sendFile(bad, await exportCutOff(21))
    await service.advance(UPLOAD_SECONDS + 60)

    for (const page of [good, bad]) {
      expect(await page.state()).toMatchObject({ state: 'verifying', reason: null, seconds_remaining: 0 })
      expect((await partner.sample(page.sampleId)).last_status.status).toBe('consumer awaiting data')
      expect(await statusHistoryOf(partner, page.sampleId)).toEqual(['consumer awaiting data'])
    }

    const worker = startProcess('lib/worker.ts', [], service.environment)
    try {
      await untilStatus(partner, good.sampleId, 'succeeded')
      expect(await storedDigests(service, good.sampleId)).toEqual([file.sha256])
      expect((await timelineOf(partner, good.sampleId)).map(({ kind }) => kind)).toEqual([
        'minted',
        'opened',
        'received',
      ])

      const rejected = async () => (await partner.sample(bad.sampleId)).upload_session?.last_rejection?.reason
      await expect.poll(rejected).toBe('file_incomplete')
      await service.advance(0)
      expect(await statusHistoryOf(partner, bad.sampleId)).toEqual([
        'consumer awaiting data',
        'consumer session expired',
      ])
      expect((await timelineOf(partner, bad.sampleId)).map(({ kind }) => kind)).toEqual([
        'minted',
        'opened',
        'rejected',
        'expired',
      ])
    } finally {
      worker.signal('SIGTERM')
      expect(await worker.exited).toBe(0)
    }
  })
})
