import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { beginUpload, isWhole, openedPage, sendFile } from './raw/raw-page.ts'
import { storedDigests, untilStatus } from './raw/sample-state.ts'
import { partnerOf } from './service/partner.ts'
import { startService } from './service/start-service.ts'
import {
  EVENTS_OF_A_SUCCESS,
  startWebhookReceiver,
  subscribe,
  summarizeDeliveries,
} from './service/webhook-receiver.ts'

const SHIFT = path.resolve(import.meta.dirname, 'service/shift-clock.mjs')
const DAY_SECONDS = 86_400
const SIGNED_SECONDS_OFF_MAX = 300

test('a server whose clock jumps by two days is unaffected, because the database keeps the time', {
  tag: '@torture',
}, async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-clock-'))
  const file = path.join(directory, 'seconds')
  await writeFile(file, '0')
  const receiver = await startWebhookReceiver()
  const service = await startService({
    ALLOW_PRIVATE_TARGETS: '1',
    NODE_OPTIONS: `--import=${pathToFileURL(SHIFT)}`,
    CLOCK_SHIFT_FILE: file,
  })
  try {
    const partner = await partnerOf(service, { rowsMin: ROWS_MIN })
    await subscribe(service, partner, receiver.url)
    for (const [n, days] of [2, -2].entries()) {
      const begun = await openedPage(service, partner)
      const sent = await smallExport(50_000 + n)
      const at = await beginUpload(begun, sent)
      const half = sent.bytes.length >> 1
      expect((await begun.patch(at, 0, sent.bytes.subarray(0, half))).status).toBe(204)

      await writeFile(file, String(days * DAY_SECONDS))
      process.kill(service.pid(), 'SIGUSR2')
      const date = new Date(Date.now() + days * DAY_SECONDS * 1_000).toISOString().slice(0, 10)
      await expect.poll(() => service.output()).toContain(`now it is ${date}`)

      expect((await begun.state()).seconds_remaining).toBeGreaterThan(800)
      expect(isWhole(await begun.patch(at, half, sent.bytes.subarray(half)), sent)).toBe(true)
      const fresh = await openedPage(service, partner)
      await sendFile(fresh, sent)
      for (const { sampleId } of [begun, fresh]) {
        await untilStatus(partner, sampleId, 'succeeded')
        expect(await storedDigests(service, sampleId)).toEqual([sent.sha256])
        await expect
          .poll(() => summarizeDeliveries(receiver.delivered, sampleId))
          .toEqual(EVENTS_OF_A_SUCCESS)
        const answer = await partner.call('GET', `/api/v2/samples/${sampleId}`)
        const { files } = (await answer.json()) as { files: { download_url: string }[] }
        const { pathname, search } = new URL(files[0]!.download_url)
        expect((await fetch(service.address + pathname + search)).status).toBe(200)
      }
    }
    // A partner refuses signatures that are older or newer than five minutes.
    for (const { headers } of receiver.delivered) {
      const seconds = Number(headers['webhook-timestamp'])
      expect(Math.abs(seconds - Date.now() / 1_000)).toBeLessThan(SIGNED_SECONDS_OFF_MAX)
    }
    expect(service.output()).not.toContain('"level":"error"')
  } finally {
    await service.dispose()
    await receiver.stop()
    await rm(directory, { recursive: true, force: true })
  }
})
