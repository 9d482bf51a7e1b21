import type { Page, Request } from '@playwright/test'
import { exportFile, largeExportFile, SMALL_ROWS } from './browser/made-files.ts'
import { addressOf, HEADINGS, pick, pickButton, wake } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'

/** About 1.5 MB: several chunks, of which each may be twice as large as the one before. */
const LARGE_ROWS = 60_000
const CHUNK_BYTES_FIRST = 131_072
const PARTS = '**/api/upload/files/**'

const bar = (page: Page) => page.getByRole('progressbar', { name: 'Sent so far' })
const received = (page: Page) => page.getByRole('heading', { name: HEADINGS.received })
const isPatch = (request: Request) => request.method() === 'PATCH'

/** Lets `allowed` chunks through; the others wait until they are let go. */
async function holdChunks(page: Page, allowed: number) {
  const gate = Promise.withResolvers<void>()
  const seen: number[] = []
  await page.route(PARTS, async (route) => {
    const request = route.request()
    if (!isPatch(request)) return route.continue()
    seen.push(Number(request.headers()['upload-offset']))
    if (seen.length > allowed) await gate.promise
    // The page may be gone by then.
    await route.continue().catch(() => undefined)
  })
  return { seen, release: gate.resolve }
}

/** Offsets and bytes of the chunks that left the browser. */
function watchChunks(page: Page): { offset: number; bytes: number }[] {
  const chunks: { offset: number; bytes: number }[] = []
  page.on('requestfinished', (request) => {
    if (isPatch(request)) {
      const offset = Number(request.headers()['upload-offset'])
      chunks.push({ offset, bytes: request.postDataBuffer()?.length ?? 0 })
    }
  })
  return chunks
}

test('the progress bar shows only acknowledged bytes: while the response is held back it does not move', {
  tag: '@torture',
}, async ({ page, partner, service }) => {
  const { url } = await partner.mint()
  const file = await largeExportFile(LARGE_ROWS, 51)
  const answered = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  let chunks = 0
  await page.route(PARTS, async (route) => {
    const request = route.request()
    if (!isPatch(request)) return route.continue()
    chunks += 1
    // The bytes do reach the server; only its answer waits.
    const response = await route.fetch({ url: request.url().replace(service.origin, service.address) })
    if (chunks === 2) {
      arrived.resolve()
      await answered.promise
    }
    await route.fulfill({ response })
  })
  await page.goto(url)
  await pick(page, file)
  await arrived.promise
  const value = () => bar(page).evaluate((element: HTMLProgressElement) => element.value)
  expect(await value(), 'the second chunk is stored, and not yet said to be').toBe(CHUNK_BYTES_FIRST)
  const stored = await page.evaluate(async (token) => {
    const answer = await fetch('/api/upload/state', { headers: { authorization: `Bearer ${token}` } })
    return ((await answer.json()) as { upload: { offset: number } }).upload.offset
  }, new URL(url).searchParams.get('token'))
  expect(stored).toBeGreaterThan(CHUNK_BYTES_FIRST)
  expect(await value()).toBe(CHUNK_BYTES_FIRST)
  await expect(bar(page)).toHaveAttribute('aria-valuetext', /\d+%/)
  answered.resolve()
  await expect(received(page)).toBeVisible()
})

test('without a network the transfer pauses, says so, and resumes automatically where it was', async ({
  page,
  context,
  partner,
}) => {
  const { url, sample_id } = await partner.mint()
  const file = await largeExportFile(LARGE_ROWS, 52)
  const held = await holdChunks(page, 1)
  await page.goto(url)
  await pick(page, file)
  await expect.poll(() => held.seen.length).toBe(2)
  await context.setOffline(true)
  held.release()
  await expect(page.getByRole('status').getByText('You are offline.')).toBeVisible()
  const chunks = watchChunks(page)
  await context.setOffline(false)
  await expect(received(page)).toBeVisible()
  expect(chunks[0]?.offset, 'it goes on, and does not begin again').toBeGreaterThanOrEqual(CHUNK_BYTES_FIRST)
  expect((await partner.sample(sample_id)).upload_session.state).toBe('received')
})

test('after a reload during the transfer, the same file resumes where it was', async ({ page, partner }) => {
  const { url } = await partner.mint()
  const file = await largeExportFile(LARGE_ROWS, 53)
  const chunks = watchChunks(page)
  const held = await holdChunks(page, 2)
  await page.goto(url)
  await pick(page, file)
  await expect.poll(() => held.seen.length).toBe(3)
  const at = held.seen[2]!
  expect(at, 'in mid-transfer').toBeGreaterThan(0)
  expect(at).toBeLessThan(file.buffer.length)
  await page.reload()
  held.release()
  await page.unroute(PARTS)
  await expect(page.getByText(/^We already have \d+% of a file\./)).toBeVisible()
  await pick(page, file)
  await expect(received(page)).toBeVisible()
  expect(chunks.map(({ offset }) => offset).filter((offset) => offset === 0)).toEqual([0])
  const sent = chunks.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(sent).toBeGreaterThanOrEqual(file.buffer.length)
  expect(sent, 'bytes on the wire').toBeLessThan(file.buffer.length + at)
})

test('a file of the same name and size with one byte different begins at 0', { tag: '@torture' }, async ({
  page,
  partner,
}) => {
  const { url, sample_id } = await partner.mint()
  const first = await largeExportFile(LARGE_ROWS, 54)
  const held = await holdChunks(page, 1)
  await page.goto(url)
  await pick(page, first)
  await expect.poll(() => held.seen.length).toBe(2)
  await page.reload()
  held.release()
  await page.unroute(PARTS)
  await expect(page.getByText(/^We already have \d+% of a file\./)).toBeVisible()
  const second = { ...first, buffer: Buffer.from(first.buffer) }
  // The day in the archive's timestamp, which is outside of every checksum: in the local and the central header.
  for (const at of [12, second.buffer.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 14])
    second.buffer[at]! ^= 1
  const chunks = watchChunks(page)
  await pick(page, second)
  await expect(received(page)).toBeVisible()
  expect(chunks[0]?.offset).toBe(0)
  expect(chunks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(second.buffer.length)
  expect((await partner.sample(sample_id)).upload_session.state).toBe('received')
})

test('Stop deletes what was sent, and the next file starts from the beginning', async ({ page, partner }) => {
  const { url } = await partner.mint()
  const file = await largeExportFile(LARGE_ROWS, 55)
  const held = await holdChunks(page, 1)
  await page.goto(url)
  await pick(page, file)
  await expect.poll(() => held.seen.length).toBe(2)
  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Stop and delete what was sent' }).click()
  await page.getByRole('button', { name: 'No, keep sending' }).click()
  await page.getByRole('button', { name: 'Stop and delete what was sent' }).click()
  await page.getByRole('button', { name: 'Yes, stop and delete' }).click()
  await expect(page.getByText('Stopped. Everything that had been sent was deleted.')).toBeVisible()
  held.release()
  expect((await deleted).status()).toBe(204)
  await page.unroute(PARTS)
  const chunks = watchChunks(page)
  await pick(page, file)
  await expect(received(page)).toBeVisible()
  expect(chunks[0]?.offset).toBe(0)
})

test('an answer to the last byte that is lost keeps nobody: the page finds its file received, and leads on', async ({
  page,
  partner,
  service,
  site,
}) => {
  const done = site.place('done')
  const { url, sample_id } = await partner.mint({ redirect_on_success: done })
  const state = async () => (await partner.sample(sample_id)).upload_session.state
  await page.route(PARTS, async (route) => {
    const request = route.request()
    if (!isPatch(request)) return route.continue()
    await route.fetch({ url: request.url().replace(service.origin, service.address) })
    await expect.poll(state).toBe('received')
    await route.abort('connectionreset')
  })
  await page.goto(url)
  await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 58 }))
  await page.waitForURL(done)
})

test('two tabs of one link end with one file, and both say that it is in', async ({
  page,
  context,
  partner,
}) => {
  const { url, sample_id } = await partner.mint()
  const other = await context.newPage()
  const held = await holdChunks(page, 0)
  await page.goto(url)
  await other.goto(url)
  await expect(pickButton(other)).toBeVisible()
  await pick(page, await exportFile({ vendor: 'ancestrydna', rows: SMALL_ROWS, seed: 56 }))
  await expect(page.getByRole('heading', { name: HEADINGS.uploading })).toBeVisible()
  await pick(other, await exportFile({ vendor: 'myheritage', rows: SMALL_ROWS, seed: 57 }))
  await expect(received(other)).toBeVisible()
  held.release()
  await wake(page)
  await expect(received(page)).toBeVisible()
  expect((await partner.sample(sample_id)).upload_session.vendor).toBe('myheritage')
  for (const tab of [page, other]) expect(tab.url()).toBe(addressOf(url, sample_id))
})
