import { readFile } from 'node:fs/promises'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { exportCutOff, smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { untilStatus } from './raw/sample-state.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

/** `SOAK_MINUTES` sets another duration than an hour; below twenty, there are too few lows of memory. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? 60)
const UPLOADS_A_BATCH = 4
const SEED = 60_000
const MEGABYTE = 1_048_576
/**
 * Memory swings by 150 MB with threads and garbage, so lows are compared: what leaks a little with every upload lifts them
 * within the hour.
 */
const GROWTH_BYTES_MAX = 64 * MEGABYTE

/** One of everything that partners and people do all day. */
async function day(service: Service, partner: Partner, seed: number): Promise<void> {
  const page = await openedPage(service, partner, { metadata: { seed } })
  await sendRequest(service.address, { method: 'GET', path: `/array-data-upload?token=${page.token}` })
  if (seed % 3 === 0) {
    await sendFile(page, await exportCutOff(seed))
    await expect.poll(async () => (await page.state()).last_rejection?.reason).toBe('file_incomplete')
  }
  await sendFile(page, await smallExport(seed, { rows: 20_000, stored: true }))
  await untilStatus(partner, page.sampleId, 'succeeded', { seconds: 60 })
  await partner.call('GET', `/api/v2/project-samples/${partner.projectId}?search=${page.sampleId}`)
}

test('memory of the whole process stays flat, however many uploads, refusals and analyses went through it', async () => {
  test.setTimeout(180_000 + 2 * MINUTES * 60_000)
  const service = await startService()
  try {
    const partner = await partnerOf(service, { rowsMin: ROWS_MIN })
    const memory: number[] = []
    const until = performance.now() + MINUTES * 60_000
    let seed = SEED
    while (performance.now() < until) {
      await Promise.all(Array.from({ length: UPLOADS_A_BATCH }, () => day(service, partner, ++seed)))
      const status = await readFile(`/proc/${service.pid()}/status`, 'utf8').catch(() => undefined)
      test.skip(status === undefined, 'memory: there is no /proc here')
      memory.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status!)![1]) * 1_024)
    }
    // The first quarter is for warming up.
    const quarter = Math.floor(memory.length / 4)
    const early = Math.min(...memory.slice(quarter, 2 * quarter))
    const late = Math.min(...memory.slice(-quarter))
    const figures = `${seed - SEED} uploads: from ${toMegabytes(early)} to ${toMegabytes(late)} MB`
    console.log(figures)
    expect(late - early, figures).toBeLessThan(GROWTH_BYTES_MAX)
  } finally {
    await service.dispose()
  }
})

const toMegabytes = (bytes: number) => Math.round(bytes / MEGABYTE)
