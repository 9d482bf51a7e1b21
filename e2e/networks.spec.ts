import type { IncomingMessage, ServerResponse } from 'node:http'
import { largeExportFile } from './browser/made-files.ts'
import { HEADINGS, NAMES, pick } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'
import { type Meddling, startMeddlingProxy } from './service/meddling-proxy.ts'

/** About 1.2 MB: more than what the strictest proxies let through at once. */
const ROWS = 48_000

const html = (status: number) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html', 'request-id': 'gate-7' })
  response.end('<html>Blocked</html>')
  return true
}
const isFile = ({ url }: IncomingMessage) => url!.startsWith('/api/upload/files')
const bodyOf = ({ headers }: IncomingMessage) => Number(headers['content-length'] ?? 0)

/** Networks that a file gets through, one way or another. The first needs the last of the sender's ways: one request. */
const PASSABLE: [name: string, how: Meddling][] = [
  [
    'no request to an upload by name',
    { refuses: (one, answer) => /files\/./.test(one.url!) && html(403)(one, answer) },
  ],
  ['bodies up to 64 KiB alone', { refuses: (one, answer) => bodyOf(one) > 65_536 && html(413)(one, answer) }],
  [
    'GET and POST alone',
    { refuses: (one, answer) => !/^(GET|POST)$/.test(one.method!) && html(405)(one, answer) },
  ],
  ['requests without Authorization', { removes: { request: ['authorization'] } }],
  ['whole bodies alone, over HTTP/1.0', { buffers: true, oldHttp: true }],
  [
    'no headers of tus in responses',
    { removes: { response: ['location', 'upload-offset', 'tus-resumable'] } },
  ],
]

const PASSABLE_ALWAYS = 1

/** Networks that no file gets through. */
const BLOCKED: [name: string, how: Meddling, trouble: string, words: RegExp][] = [
  [
    'no file at all',
    { refuses: (one, answer) => isFile(one) && html(403)(one, answer) },
    'forbidden',
    /does not let your file through/,
  ],
  [
    'requests without the headers of tus',
    { removes: { request: ['tus-resumable', 'upload-offset', 'upload-length', 'upload-metadata'] } },
    'headers_removed',
    /removes parts of the messages/,
  ],
]

for (const [turn, [name, how]] of PASSABLE.entries()) {
  const tag = turn < PASSABLE_ALWAYS ? [] : '@torture'
  test(`a network that passes ${name}: the file arrives`, { tag }, async ({ page, partner, service }) => {
    const proxy = await startMeddlingProxy(service.address)
    try {
      proxy.meddle(how)
      const { url } = await partner.mint()
      await page.goto(proxy.through(url))
      await pick(page, await largeExportFile(ROWS, 71))
      await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible({ timeout: 60_000 })
    } finally {
      await proxy.stop()
    }
  })
}

for (const [turn, [name, how, trouble, words]] of BLOCKED.entries()) {
  const tag = turn === 0 ? [] : '@torture'
  test(`a network that passes ${name}: the page says so, the partner sees it, and it carries on elsewhere`, {
    tag,
  }, async ({ page, partner, service }) => {
    const proxy = await startMeddlingProxy(service.address)
    try {
      const { url, sample_id } = await partner.mint()
      await page.goto(proxy.through(url))
      await expect(page.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
      proxy.meddle(how)
      await pick(page, await largeExportFile(ROWS, 72))
      // A silence is named after 20 seconds.
      await expect(page.getByText(words).last()).toBeVisible({ timeout: 25_000 })
      await expect(page.getByText(new RegExp(trouble))).toBeVisible()
      const path = `/api/v2/array-data-upload-form/${sample_id}`
      const timeline = async () =>
        ((await (await partner.call('GET', path)).json()) as { events: unknown }).events
      const entry = { kind: 'interrupted', reason: 'network_error', detail: trouble }
      await expect.poll(timeline).toContainEqual(expect.objectContaining(entry))
      proxy.meddle({})
      await page.getByRole('button', { name: NAMES.tryAgain }).click()
      await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    } finally {
      await proxy.stop()
    }
  })
}
