import type { Page } from '@playwright/test'
import type { EmbedEvent } from '#lib/sessions/embed-messages.ts'
import { servePartnerSite } from '../docs/examples/partner-site/partner-site.mjs'
import { WHOLE_BROWSER } from './browser/chromium.ts'
import { exportFile, fileOf, largeExportFile, SMALL_ROWS } from './browser/made-files.ts'
import { servePartnerSite as servePlainSite } from './browser/partner-site.ts'
import { HEADINGS, NAMES, pick, pickButton, refusal, wake } from './browser/upload-page.ts'
import { test as base, expect } from './fixtures.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

type Site = Awaited<ReturnType<typeof servePartnerSite>>

interface House {
  service: Service
  partner: Partner
  site: Site
  /** Who may show the pages of this partner's links; none named: any. */
  mayFrame(origins: string[]): Promise<void>
}

/** A service that may call this machine, a partner of it, and the partner's site that comes with the project. */
async function startHouse(): Promise<House> {
  const service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  const partner = await partnerOf(service, { rowsMin: 1_000 })
  const { projectId } = partner
  const flags = ['--project', projectId, '--role', 'manager']
  const { key } = await service.admin<{ key: string }>('create-api-key', ...flags)
  const site = await servePartnerSite({
    service: service.address,
    publicService: service.origin,
    apiKey: key,
    projectId,
    hostname: 'partner.localhost',
  })
  const mayFrame = async (frame_origins: string[]) => {
    const asManager = { Authorization: `Api-Key ${key}` }
    const path = `/api/v2/projects/${projectId}`
    const { status } = await partner.call('PATCH', path, { settings: { frame_origins } }, asManager)
    expect(status).toBe(200)
  }
  return { service, partner, site, mayFrame }
}

/** Once for all tests. */
let started: Promise<House> | undefined
const test = base.extend<{ house: House }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  house: async ({}, use) => {
    started ??= startHouse()
    await use(await started)
  },
})
test.afterAll(async () => {
  const house = await started
  await house?.site.close()
  await house?.service.dispose()
})

// What the browser denies to the frames of other sites is part of this.
test.use(WHOLE_BROWSER)

const MARKER = 'Miriam_Mustermann'
const goodFile = async (seed: number) => ({
  ...(await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed })),
  name: `genome_${MARKER}.zip`,
})

interface Heard {
  events: EmbedEvent[]
  exits: { status: string; reason: string | null; last_state: string | null; sample_id: string | null }[]
}

/** What a partner's page can see of the script, in the browser. */
interface PartnerWindow extends Heard {
  Arraydrop: { open(url: string, options: object): { close(): void; destroy(): void } }
  upload: { close(): void; destroy(): void; setTheme(scheme: string): void; setLocale(locale: string): void }
  readyEvents: unknown[]
}

/** Opens a link by the partner's script on the partner's page, which keeps all that it hears. */
async function open(
  page: Page,
  site: Site,
  link: string,
  options: Record<string, unknown> = {},
): Promise<void> {
  if (!page.url().startsWith(site.origin)) await page.goto(site.origin)
  await page.evaluate(
    ({ link, options }) => {
      const host = window as unknown as PartnerWindow
      Object.assign(host, { events: [], exits: [] } satisfies Heard)
      host.upload = host.Arraydrop.open(link, {
        target: '#place',
        ...options,
        onEvent: (event: EmbedEvent) => host.events.push(event),
        onExit: (end: Heard['exits'][number]) => host.exits.push(end),
      }) as PartnerWindow['upload']
    },
    { link, options },
  )
}

const heardBy = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const { events, exits } = window as unknown as PartnerWindow
    return { events, exits }
  })

const typesOf = async (page: Page) => (await heardBy(page)).events.map(({ type }) => type)

/** The visit has ended like this: once, and with the last event. */
async function expectExit(page: Page, end: Record<string, unknown>): Promise<void> {
  await expect.poll(async () => (await heardBy(page)).exits).toEqual([expect.objectContaining(end)])
  const { events } = await heardBy(page)
  expect(events.at(-1)?.type).toBe('exit')
  expect(events.filter(({ type }) => type === 'exit')).toHaveLength(1)
}

const inside = (page: Page) => page.frameLocator('iframe')
const uploadFrame = (page: Page) => page.frames().find((frame) => frame.url().includes('/array-data-upload'))!

test('in the partner’s page: the file arrives, the page hears of it, the backend gets webhooks, nothing else crosses', async ({
  page,
  house: { site, partner },
}) => {
  const crossed: string[] = []
  await page.exposeBinding('crossing', (_, message: string) => void crossed.push(message))
  await page.addInitScript(() => {
    const { crossing } = window as unknown as { crossing(message: string): void }
    const note = (message: unknown) => crossing(JSON.stringify(message) ?? '')
    const overPort = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (message: unknown, ...rest: []) {
      note(message)
      return overPort.call(this, message, ...rest)
    }
    window.addEventListener('message', ({ data }) => note(data))
  })
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'In this page' }).click()
  await expect(inside(page).getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
  const frame = uploadFrame(page)
  const storage = await frame.evaluate(() => {
    try {
      return `${localStorage.length} entries`
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(storage, 'third-party storage is blocked').toBe('SecurityError')
  const source = (await page.locator('iframe').getAttribute('src'))!
  const markers = [MARKER, ...new URL(source).searchParams.get('token')!.split('.')]
  expect(frame.url(), 'a frame’s address loses its token, too').not.toContain('token')

  await pick(page, await goodFile(1), inside(page))
  await expect(inside(page).getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  const log = page.getByRole('list')
  for (const line of ['upload.received', 'onExit', 'succeeded']) await expect(log).toContainText(line)
  await expect.poll(() => site.received.map(({ type }) => type)).toContain('analysis_complete_v2')
  const told = site.received.map(({ type }) => type)
  expect(told).toContain('array_data_upload_received')
  expect((await partner.sample(site.received[0]!.sample_id)).last_status.status).toBe('succeeded')

  const text = crossed.join('\n')
  expect(text).toContain('upload.received')
  for (const marker of markers) expect(text, 'neither token nor file name').not.toContain(marker)
  expect(text, 'no genotype').not.toMatch(/\brs\d{3,}/)
  const events = crossed.filter((one) => one.includes('"seq"')).map((one) => JSON.parse(one) as EmbedEvent)
  const sent = [...new Map(events.map((event) => [event.id, event])).values()]
  expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1))
  expect(sent[0]?.type).toBe('ready')
  expect(sent.at(-1)).toMatchObject({
    type: 'exit',
    data: { status: 'received', reason: null, last_state: 'verifying' },
  })
  expect(sent.flatMap(({ type, data }) => (type === 'state' ? data.to : []))).toEqual([
    'checking',
    'sending',
    'verifying',
    'received',
  ])
})

test('the frame is as high as its page, both ways, and the two do not chase each other', async ({
  page,
  house: { site, partner },
}) => {
  await page.setViewportSize({ width: 420, height: 800 })
  await open(page, site, (await partner.mint()).url)
  await expect(pickButton(inside(page))).toBeVisible()
  const heights = async () => ({
    frame: await page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height),
    content: await uploadFrame(page).evaluate(() =>
      Math.ceil(document.documentElement.getBoundingClientRect().height),
    ),
  })
  const fits = async () => {
    const { frame, content } = await heights()
    return Math.abs(frame - content) < 4
  }
  await expect.poll(fits).toBe(true)
  const { frame: before } = await heights()
  const disclosure = inside(page).locator('main summary').first()
  await disclosure.click()
  await expect.poll(async () => (await heights()).frame).toBeGreaterThan(before + 20)
  await expect.poll(fits).toBe(true)
  await disclosure.click()
  await expect.poll(async () => (await heights()).frame).toBe(before)
  const resizes = async () => (await typesOf(page)).filter((type) => type === 'resize').length
  const soFar = await resizes()
  expect(soFar).toBeLessThan(12)
  await page.setViewportSize({ width: 900, height: 800 })
  await expect.poll(fits).toBe(true)
  expect((await resizes()) - soFar, 'a new width is a few new heights, not a chase').toBeLessThan(8)
  expect(await uploadFrame(page).evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(
    Math.ceil((await heights()).frame) + 4,
  )
})

test('in a dialog: Escape asks, a file on its way is not thrown away for it, and leaving gives the focus back', async ({
  page,
  house: { site, partner },
}) => {
  const { url, sample_id } = await partner.mint()
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'By a link' }).focus()
  await open(page, site, url, { mode: 'modal' })
  const dialog = page.getByRole('dialog')
  await expect(pickButton(inside(page))).toBeVisible()
  await expect(page.locator('iframe')).toHaveAttribute('title', /.+/)

  // The first chunk arrives, the second never does.
  let chunks = 0
  await page.route('**/api/upload/files/**', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    chunks += 1
    return chunks > 1 ? undefined : route.continue()
  })
  await pick(page, await largeExportFile(72_000, 2), inside(page))
  await expect.poll(() => typesOf(page)).toContain('upload.progress')
  for (const _ of [1, 2]) {
    await page.keyboard.press('Escape')
    await expect(
      inside(page).getByRole('alert').filter({ hasText: 'Stop, and delete what has arrived?' }),
    ).toBeVisible()
  }
  await expect(dialog).toBeVisible()
  expect((await heardBy(page)).exits).toEqual([])
  await inside(page).getByRole('button', { name: 'Yes, stop and delete' }).click()
  await expect(pickButton(inside(page))).toBeVisible()

  await page.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  await expectExit(page, { status: 'left', reason: 'user_canceled', last_state: 'leaving', sample_id })
  await expect(page.getByRole('button', { name: 'By a link' })).toBeFocused()
  expect((await partner.sample(sample_id)).last_status.status).toBe('consumer awaiting data')
})

test('as an element: events of the element, and its end when it is taken out', { tag: '@torture' }, async ({
  page,
  house: { site, partner },
}) => {
  await page.goto(site.origin)
  const { url, sample_id } = await partner.mint()
  await page.evaluate((link) => {
    const host = window as unknown as PartnerWindow
    Object.assign(host, { events: [], exits: [], readyEvents: [] })
    document.addEventListener('arraydrop-ready', ({ detail }: CustomEventInit) =>
      host.readyEvents.push(detail),
    )
    document.addEventListener('arraydrop-event', ({ detail }: CustomEventInit) => host.events.push(detail))
    document.addEventListener('arraydrop-exit', ({ detail }: CustomEventInit) => host.exits.push(detail))
    document.getElementById('place')!.innerHTML = '<arraydrop-upload></arraydrop-upload>'
    document.querySelector('arraydrop-upload')!.setAttribute('url', link)
  }, url)
  await pick(page, await goodFile(3), inside(page))
  await expectExit(page, { status: 'received', reason: null, sample_id })
  expect(await page.evaluate(() => (window as unknown as PartnerWindow).readyEvents)).toHaveLength(1)
  await page.evaluate(() => document.querySelector('arraydrop-upload')!.remove())
  expect((await heardBy(page)).exits).toHaveLength(1)
})

test('in a window: the opener hears all, and goes on itself when the page asks', { tag: '@torture' }, async ({
  page,
  house: { site, partner },
}) => {
  const done = `${site.origin}/thanks?order=8`
  const { url } = await partner.mint({ redirect_on_success: done })
  const popup = page.waitForEvent('popup')
  await open(page, site, url, { mode: 'popup', locale: 'en' })
  const upload = await popup
  await expect(pickButton(upload)).toBeVisible()
  await expect.poll(() => typesOf(page)).toContain('ready')
  const gone = upload.waitForEvent('close')
  await pick(upload, await goodFile(4), upload)
  await page.waitForURL(done)
  await gone
})

test('where the browser blocks the window a dialog takes its place, and its end is told when it is taken away', {
  tag: '@torture',
}, async ({ page, house: { site, partner } }) => {
  await page.goto(site.origin)
  await page.evaluate(() => {
    window.open = () => null
  })
  await open(page, site, (await partner.mint()).url, { mode: 'popup' })
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => typesOf(page)).toContain('ready')
  await page.evaluate(() => {
    const { upload } = window as unknown as PartnerWindow
    upload.destroy()
    upload.destroy()
    upload.close()
  })
  await expect(page.getByRole('dialog')).toBeHidden()
  expect((await heardBy(page)).exits).toEqual([
    { status: 'left', reason: 'user_canceled', last_state: null, sample_id: null },
  ])
})

test('a link that is none ends the visit as failed', { tag: '@torture' }, async ({
  page,
  house: { site, partner },
}) => {
  const { url } = await partner.mint()
  await open(
    page,
    site,
    url.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
  )
  await expectExit(page, { status: 'failed', reason: 'link_invalid', sample_id: null })
})

test.describe('with a list of sites that does not name the partner’s', () => {
  test.beforeAll(({ house }) => house.mayFrame(['https://clinic.example']))
  test.afterAll(({ house }) => house.mayFrame([]))

  test('a window that opened the page hears nothing but a greeting', async ({ page, house }) => {
    const popup = page.waitForEvent('popup')
    await open(page, house.site, (await house.partner.mint()).url, { mode: 'popup' })
    const upload = await popup
    await pick(upload, fileOf('tree.zip', Buffer.from('0 HEAD')), upload)
    await expect(refusal(upload)).toBeVisible()
    expect(await typesOf(page)).toEqual([])
    await upload.close()
    await expect.poll(async () => (await heardBy(page)).exits).toHaveLength(1)
  })

  test('no frame shows the page, and the script says so', async ({ page, house }) => {
    await page.clock.install()
    await open(page, house.site, (await house.partner.mint()).url)
    await expect(async () => {
      await page.clock.fastForward(16_000)
      await expect(page.getByText('The upload page could not be loaded.')).toBeVisible({ timeout: 500 })
    }).toPass()
    expect(await typesOf(page)).toEqual(['error'])
    await expect(page.getByRole('link', { name: 'Open in a window' })).toBeVisible()
    await page.evaluate(() => (window as unknown as PartnerWindow).upload.close())
    await expect
      .poll(async () => (await heardBy(page)).exits)
      .toEqual([{ status: 'failed', reason: 'network_error', last_state: null, sample_id: null }])
    await expect(page.locator('iframe')).toHaveCount(0)
  })
})

/** A partner's page that does by hand what the script does, as a wrong or a careless one would. */
interface HandmadeWindow {
  nonce: string
  /** Who heard what over the port it sent along. */
  said: string[]
  ports: MessagePort[]
  init(as: string, to: Window, more?: object): void
}

/** Sends an `init` to the page from this window; runs in a browser. */
function sendInit(as: string, to: Window, more: object = {}): void {
  const host = (window.parent === window ? window : window.parent) as unknown as HandmadeWindow
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => host.said.push(`${as} ${data.type}`)
  host.ports.push(port1)
  const message = { ns: 'arraydrop', v: 1, type: 'init', nonce: host.nonce, ...more }
  to.postMessage(message, '*', [port2])
}

test('the page answers its own parent alone, by its own nonce, and only once', async ({
  page,
  house: { site, partner },
}) => {
  await page.addInitScript(`window.init = ${sendInit}`)
  await page.goto(site.origin)
  const { url } = await partner.mint()
  const hello = await page.evaluate((link) => {
    const host = window as unknown as HandmadeWindow
    Object.assign(host, { said: [], ports: [] })
    const place = document.getElementById('place')!
    const [frame, sibling] = ['upload', 'sibling'].map((name) => {
      const made = document.createElement('iframe')
      made.name = name
      return place.appendChild(made)
    })
    sibling!.src = '/sorry'
    frame!.src = link
    return new Promise<{ nonce: string }>((resolve) =>
      window.addEventListener('message', ({ data, source }) => {
        if (source !== frame!.contentWindow) return
        host.nonce = data.nonce
        resolve(data)
      }),
    )
  }, url)
  expect(hello).toEqual({ ns: 'arraydrop', type: 'hello', v: [1], nonce: expect.stringMatching(/^\w{32}$/) })

  await page.frame('sibling')!.waitForURL(/sorry/)
  await page.frame('sibling')!.evaluate(() => {
    ;(window as unknown as HandmadeWindow).init('sibling', window.parent.frames[0]!)
  })
  await page.evaluate(() => {
    const host = window as unknown as HandmadeWindow
    const upload = window.frames[0]!
    host.init('guess', upload, { nonce: 'guessed' })
    host.init('version', upload, { v: 2 })
    host.init('namespace', upload, { ns: 'other' })
    host.init('right', upload)
    host.init('second', upload, { redirect: 'frame' })
  })
  const said = () => page.evaluate(() => (window as unknown as HandmadeWindow).said)
  await expect.poll(said).toContain('right ready')
  await page.evaluate(() => {
    for (const port of (window as unknown as HandmadeWindow).ports) {
      for (let count = 0; count < 60; count += 1) port.postMessage({ ns: 'arraydrop', v: 1, type: 'ping' })
    }
  })
  await expect.poll(said).toContain('right pong')
  expect([...new Set((await said()).map((line) => line.split(' ')[0]))]).toEqual(['right'])
  const pongs = (await said()).filter((line) => line === 'right pong').length
  expect(pongs, 'what comes too fast is not looked at').toBeLessThanOrEqual(40)
})

test('the script answers the page’s own window and origin alone, and goes to no address but a web page’s', async ({
  page,
  house: { service },
}) => {
  const hello = `parent.postMessage({ ns: 'arraydrop', type: 'hello', v: [1], nonce: 'n' }, '*');
    onmessage = ({ data, ports: [port] }) => {
      document.title = 'answered ' + data.type
      port.onmessage = ({ data }) => {
        if (data.type === 'redirect_ack') document.title += ', ' + data.handled
      }
      for (const url of ['javascript:alert(1)', 'http://clinic.example/', 'data:text/html,x'])
        port.postMessage({ ns: 'arraydrop', v: 1, type: 'redirect_request', data: { url, kind: 'success' } })
    }`
  const refused = 'answered init, false, false, false'
  const pages = {
    true: hello,
    // Another origin in the frame that the script made.
    fake: "location.replace('http://evil.localhost/')",
    evil: `${hello}; parent.postMessage('greeted', '*')`,
  }
  for (const [name, script] of Object.entries(pages)) {
    await page.route(`http://${name}.localhost/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<title>silence</title><script>${script}</script>` }),
    )
  }
  const plain = await servePlainSite()
  await page.goto(plain.startPage(''))
  await page.addScriptTag({ url: `${service.origin}/embed.js` })
  const openHere = (link: string) =>
    page.evaluate((link) => {
      const { Arraydrop } = window as unknown as PartnerWindow
      try {
        Arraydrop.open(link, { target: 'body' })
        return 'opened'
      } catch (error) {
        return (error as Error).name
      }
    }, link)
  const titleIn = (host: string) =>
    page
      .frames()
      .find((frame) => frame.url().includes(host))
      ?.evaluate(() => document.title)
  expect(await openHere('http://true.localhost/')).toBe('opened')
  await expect.poll(() => titleIn('true.localhost')).toBe(refused)
  const greeted = page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        window.addEventListener('message', ({ data }) => data === 'greeted' && resolve()),
      ),
  )
  expect(await openHere('http://fake.localhost/')).toBe('opened')
  // What greeted last was looked at last, so an answer to the greeting would be on its way before this one.
  await greeted
  expect(await openHere('http://true.localhost/again')).toBe('opened')
  await expect.poll(() => titleIn('true.localhost/again')).toBe(refused)
  expect(await titleIn('evil.localhost')).toBe('silence')

  for (const link of ['javascript:alert(1)', 'http://clinic.example/', 'data:text/html,x', '']) {
    expect(await openHere(link)).toBe('TypeError')
  }
  await plain.close()
})

test.describe('after success the person is led on', () => {
  const cases = {
    async host(page: Page, done: string) {
      await page.waitForURL(done)
    },
    async frame(page: Page, done: string) {
      await expect.poll(() => page.frames().map((frame) => frame.url())).toContain(done)
      await expectExit(page, { status: 'received' })
      expect(page.url()).not.toBe(done)
    },
    async top(page: Page, done: string) {
      // By itself where the browser lets a frame; else by the link that is there then.
      const onward = inside(page).getByRole('link', { name: NAMES.onward })
      await Promise.race([page.waitForURL(done), onward.click({ timeout: 10_000 })]).catch(() => undefined)
      await page.waitForURL(done)
    },
  }
  for (const [redirect, expectArrival] of Object.entries(cases)) {
    // By the host is the default, and what most partners have.
    test(`by the ${redirect}`, { tag: redirect === 'host' ? [] : '@torture' }, async ({
      page,
      house: { site, partner },
    }) => {
      const done = `${site.origin}/thanks?order=9&x=%2F#top`
      const { url } = await partner.mint({ redirect_on_success: done })
      await open(page, site, url, { redirect })
      await pick(page, await goodFile(5), inside(page))
      await expectArrival(page, done)
    })
  }
})

test('a host that does not answer in time is not waited for', { tag: '@torture' }, async ({
  page,
  house: { site, partner },
}) => {
  const failed = `${site.origin}/sorry`
  const { url } = await partner.mint({ redirect_on_failure: failed })
  await page.goto(site.origin)
  await page.evaluate((link) => {
    const frame = document.getElementById('place')!.appendChild(document.createElement('iframe'))
    const host = window as unknown as Heard
    host.events = []
    window.addEventListener('message', ({ data, source }) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data: event }) => host.events.push(event)
      const init = { ns: 'arraydrop', v: 1, type: 'init', nonce: data.nonce, redirect: 'host' }
      ;(source as Window).postMessage(init, '*', [port2])
    })
    frame.src = link
  }, url)
  await inside(page).getByRole('button', { name: NAMES.back }).click()
  await page.waitForURL(`${failed}?reason=user_canceled`)
})

test('a session that is canceled or runs out ends the visit once', { tag: '@torture' }, async ({
  page,
  context,
  house: { site, partner, service },
}) => {
  const { url, sample_id } = await partner.mint()
  await open(page, site, url)
  await expect(pickButton(inside(page))).toBeVisible()
  await partner.call('POST', `/api/v2/array-data-upload-form/${sample_id}/cancel`)
  await wake(page)
  await expectExit(page, { status: 'canceled', reason: 'link_canceled', sample_id })

  const later = await context.newPage()
  await open(later, site, (await partner.mint()).url)
  await expect(pickButton(inside(later))).toBeVisible()
  await service.advance(901)
  await wake(later)
  await expectExit(later, { status: 'expired', reason: 'session_expired', last_state: 'picking' })
})

test('colours and language follow the host, at first and later', { tag: '@torture' }, async ({
  page,
  house: { site, partner },
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await open(page, site, (await partner.mint()).url, { colorScheme: 'dark', locale: 'de' })
  await expect.poll(() => typesOf(page)).toContain('ready')
  const looks = () =>
    uploadFrame(page).evaluate(() => {
      const { lang } = document.documentElement
      return { lang, background: getComputedStyle(document.documentElement).backgroundColor }
    })
  const now = (scheme: string, locale: string) =>
    page.evaluate(
      ({ scheme, locale }) => {
        const { upload } = window as unknown as PartnerWindow
        upload.setTheme(scheme)
        upload.setLocale(locale)
      },
      { scheme, locale },
    )
  await expect.poll(async () => (await looks()).lang).toBe('de')
  const dark = (await looks()).background
  await now('light', 'en')
  await expect.poll(async () => (await looks()).lang).toBe('en')
  const light = (await looks()).background
  expect(light).not.toBe(dark)
  await now('dark', 'en')
  await expect.poll(async () => (await looks()).background).toBe(dark)
  await page.emulateMedia({ colorScheme: 'dark' })
  await now('light', 'en')
  await expect.poll(async () => (await looks()).background, 'not as the device has it').toBe(light)
})

test('the script is served to any site, kept for an hour, and small', async ({ house: { service } }) => {
  const { headers, status } = await fetch(`${service.address}/embed.js`)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toMatch(/javascript/)
  expect(headers.get('cache-control')).toContain('max-age=3600')
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-encoding')).toBe('gzip')
})
