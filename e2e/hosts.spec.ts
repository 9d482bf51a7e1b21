import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { WHOLE_BROWSER } from './browser/chromium.ts'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import { HEADINGS, pick, pickButton, visitRuns } from './browser/upload-page.ts'
import { test as base, expect } from './fixtures.ts'

interface HostWindow {
  Arraydrop: { open(url: string, options: object): object }
  events: { type: string }[]
  exits: { status: string }[]
}

/** A partner's page with the script, served with headers that the test chooses. */
interface Host {
  open(page: Page, headers: Record<string, string>, link: string, options: object): Promise<void>
}

const test = base.extend<{ host: Host }>({
  host: async ({ service }, use) => {
    const server = createServer((request, response) => {
      const headers = JSON.parse(new URL(request.url ?? '/', 'http://x').searchParams.get('headers') ?? '{}')
      response.writeHead(200, { 'Content-Type': 'text/html', ...headers })
      response.end(
        `<!doctype html><html lang="de"><link rel="icon" href="data:,"><body style="height:3000px">` +
          `<button>Start</button><div id="place"></div><div id="other"></div>` +
          `<script src="${service.origin}/embed.js"></script></body></html>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://partner.localhost:${(server.address() as AddressInfo).port}`
    await use({
      async open(page, headers, link, options) {
        await page.goto(`${origin}/?headers=${encodeURIComponent(JSON.stringify(headers))}`)
        await page.evaluate(
          ({ link, options }) => {
            const host = window as unknown as HostWindow
            Object.assign(host, { events: [], exits: [] })
            host.Arraydrop.open(link, {
              target: '#place',
              ...options,
              onEvent: (event: { type: string }) => host.events.push(event),
              onExit: (end: { status: string }) => host.exits.push(end),
            })
          },
          { link, options },
        )
      },
    })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  },
})

// What the browser denies to the frames of other sites is part of this.
test.use(WHOLE_BROWSER)

const exitsOf = (page: Page) => page.evaluate(() => (window as unknown as HostWindow).exits)
const typesOf = (page: Page) =>
  page.evaluate(() => (window as unknown as HostWindow).events.map(({ type }) => type))
for (const policy of ['require-corp', 'credentialless']) {
  // The stricter one is enough here.
  const tag = policy === 'require-corp' ? [] : '@torture'
  test(`a partner’s page with COEP ${policy} shows the page, and a file is read in its worker`, {
    tag,
  }, async ({ page, host, partner }) => {
    await host.open(page, { 'Cross-Origin-Embedder-Policy': policy }, (await partner.mint()).url, {})
    const frame = page.frameLocator('iframe')
    await expect(pickButton(frame)).toBeVisible()
    await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 8 }), frame)
    await expect(frame.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  })
}

test('a popup of a page with COOP is never reported as left: what becomes of it is unknown', async ({
  page,
  host,
  partner,
}) => {
  const popup = page.waitForEvent('popup')
  const coop = { 'Cross-Origin-Opener-Policy': 'same-origin' }
  await host.open(page, coop, (await partner.mint()).url, { mode: 'popup' })
  const upload = await popup
  await expect(pickButton(upload)).toBeVisible()
  await expect
    .poll(() => exitsOf(page))
    .toEqual([expect.objectContaining({ status: 'unknown', reason: null })])
  await pick(upload, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 9 }), upload)
  await expect(upload.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('a frame that nobody sees does not start the person’s time; seeing it does', async ({
  page,
  host,
  partner,
}) => {
  const opened: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/upload/open')) opened.push(request.url())
  })
  const [seen, below, hidden] = await Promise.all([partner.mint(), partner.mint(), partner.mint()])
  await host.open(page, {}, seen.url, {})
  await page.evaluate(
    ({ below, hidden }) => {
      const add = (id: string, link: string, style: string) => {
        const frame = document.createElement('iframe')
        Object.assign(frame, { id, src: link })
        frame.style.cssText = `height:600px;${style}`
        document.body.append(frame)
      }
      add('below', below, 'position:absolute;top:8000px')
      add('hidden', hidden, 'display:none')
    },
    { below: below.url, hidden: hidden.url },
  )
  await expect(pickButton(page.frameLocator('#place iframe'))).toBeVisible()
  await expect.poll(() => page.frames().length).toBe(4)
  for (const frame of page.frames().slice(1)) await expect.poll(() => visitRuns(frame)).toBe(true)
  expect(opened).toHaveLength(1)
  await page.locator('#below').scrollIntoViewIfNeeded()
  await expect(pickButton(page.frameLocator('#below'))).toBeVisible()
  expect(opened).toHaveLength(2)
  await page.evaluate(() => {
    document.getElementById('hidden')!.style.display = 'block'
    document.getElementById('hidden')!.scrollIntoView()
  })
  await expect(pickButton(page.frameLocator('#hidden'))).toBeVisible()
  expect(opened).toHaveLength(3)
})

test('an element that is moved in the document goes on', { tag: '@torture' }, async ({
  page,
  host,
  partner,
}) => {
  const { url } = await partner.mint()
  await host.open(page, {}, (await partner.mint()).url, { mode: 'inline' })
  await page.evaluate((link) => {
    const { exits, events } = window as unknown as HostWindow
    document.getElementById('place')!.innerHTML = `<arraydrop-upload url="${link}"></arraydrop-upload>`
    // On the element: once it is taken out, its events reach nothing above it.
    const element = document.querySelector('arraydrop-upload')!
    element.addEventListener('arraydrop-exit', ({ detail }: CustomEventInit) => exits.push(detail))
    element.addEventListener('arraydrop-event', ({ detail }: CustomEventInit) => events.push(detail))
  }, url)
  await expect(pickButton(page.frameLocator('arraydrop-upload iframe'))).toBeVisible()
  await page.evaluate(() =>
    document.getElementById('other')!.append(document.querySelector('arraydrop-upload')!),
  )
  const moved = page.frameLocator('#other iframe')
  await expect(pickButton(moved)).toBeVisible()
  expect(await exitsOf(page)).toEqual([])
})

test('the script may run twice, with its global removed in between', { tag: '@torture' }, async ({
  page,
  host,
  partner,
  service,
}) => {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  const { url } = await partner.mint()
  await host.open(page, {}, url, {})
  await page.evaluate(() => delete (window as { Arraydrop?: unknown }).Arraydrop)
  await page.addScriptTag({ url: `${service.origin}/embed.js` })
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  expect(errors).toEqual([])
})

test('a dialog speaks the page’s language, holds the page behind it, Back closes it, and the page goes on at its end', {
  tag: '@torture',
}, async ({ page, host, partner }) => {
  const { url } = await partner.mint()
  await host.open(page, {}, url, { mode: 'modal' })
  const address = page.url()
  await expect(page.locator('iframe')).toHaveAttribute('title', 'DNA-Datei hochladen')
  await expect(page.getByRole('button', { name: 'Schließen' })).toBeVisible()
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  const overflow = () => page.evaluate(() => document.documentElement.style.overflow)
  expect(await overflow()).toBe('hidden')
  await page.goBack()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(page.url()).toBe(address)
  expect(await overflow()).toBe('')
  expect(await exitsOf(page)).toEqual([expect.objectContaining({ status: 'left' })])

  await page.evaluate((link) => {
    const onExit = () => queueMicrotask(() => history.pushState(null, '', '?thanks'))
    ;(window as unknown as HostWindow).Arraydrop.open(link, { mode: 'modal', onExit })
  }, url)
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  await page.getByRole('button', { name: 'Schließen' }).click()
  await page.waitForURL('**/?thanks')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.goBack()
  expect(page.url(), 'nothing else was added, and nothing undone').toBe(address)
})

test('a browser without dialogs shows one all the same: Escape closes it, and the focus goes back', {
  tag: '@torture',
}, async ({ page, host, partner }) => {
  await page.addInitScript(() => {
    for (const name of ['showModal', 'close']) Reflect.deleteProperty(HTMLDialogElement.prototype, name)
  })
  const { url } = await partner.mint()
  await host.open(page, {}, url, { mode: 'modal', locale: 'en' })
  const dialog = page.getByRole('dialog')
  const close = dialog.getByRole('button', { name: 'Close' })
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  await expect(dialog).toHaveAttribute('aria-modal', 'true')
  await close.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(await exitsOf(page)).toEqual([expect.objectContaining({ status: 'left' })])
})

test('a page that comes after the words have given it up takes their place', { tag: '@torture' }, async ({
  page,
  host,
  partner,
}) => {
  await page.clock.install()
  const late = Promise.withResolvers<void>()
  await page.route('**/array-data-upload?**', async (route) => {
    await late.promise
    await route.continue()
  })
  await host.open(page, {}, (await partner.mint()).url, { mode: 'modal', locale: 'en' })
  await expect(page.getByText('Loading …')).toBeVisible()
  await page.clock.fastForward(16_000)
  await expect(page.getByText('The upload page could not be loaded.')).toBeVisible()
  late.resolve()
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  await expect(page.getByText('The upload page could not be loaded.')).toBeHidden()
  expect(await exitsOf(page)).toEqual([])
})

test('a page that does not come leaves words, and “Try again” brings it', async ({ page, host, partner }) => {
  await page.clock.install()
  await page.route('**/array-data-upload**', (route) => route.abort())
  await host.open(page, {}, (await partner.mint()).url, { mode: 'modal', locale: 'en' })
  await expect(page.getByText('Loading …')).toBeVisible()
  await expect(async () => {
    await page.clock.fastForward(16_000)
    await expect(page.getByText('The upload page could not be loaded.')).toBeVisible({ timeout: 500 })
  }).toPass()
  expect(await typesOf(page)).toEqual(['error'])
  expect(await exitsOf(page)).toEqual([])
  await page.unroute('**/array-data-upload**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(pickButton(page.frameLocator('iframe'))).toBeVisible()
  await expect(page.getByText('The upload page could not be loaded.')).toBeHidden()
})
