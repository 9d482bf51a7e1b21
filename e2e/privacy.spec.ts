import type { Page } from '@playwright/test'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import { addressOf, HEADINGS, pick, pickButton, visitRuns } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'
import { partnerOf } from './service/partner.ts'

const tokenOf = (url: string) => new URL(url).searchParams.get('token')!

/** Everything the page leaves in the browser. */
const leftBehind = (page: Page) =>
  page.evaluate(async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))

test('a visit sends nothing to third parties, leaves nothing in the browser but its link in the tab, and never exposes the link', async ({
  page,
  context,
  partner,
  service,
  site,
}) => {
  const said: string[] = []
  const asked: { url: string; referer: string | undefined }[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  page.on('request', async (request) => {
    asked.push({ url: request.url(), referer: request.headers().referer })
  })
  const refused: string[] = []
  page.on('response', (response) => {
    const asked = response.request()
    const path = new URL(response.url()).pathname
    if (response.status() >= 400)
      refused.push(`${asked.method()} ${path} at ${asked.headers()['upload-offset']}: ${response.status()}`)
  })
  const done = site.place('done', '?from=privacy')
  const { url, sample_id } = await partner.mint({ redirect_on_success: done })
  const token = tokenOf(url)
  const html = await (await page.goto(url))!.text()
  await expect(pickButton(page)).toBeVisible()
  await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 31 }))
  await page.waitForURL(done)
  await page.goto(url)
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()

  const hosts = new Set(asked.map((request) => new URL(request.url).host))
  expect([...hosts].sort()).toEqual([new URL(service.origin).host, new URL(site.origin).host].sort())
  expect(await context.cookies()).toEqual([])
  expect(page.url()).toBe(addressOf(url, sample_id))
  expect(await leftBehind(page), 'nothing but the link, in this tab').toEqual({
    cookies: '',
    local: [],
    session: [`arraydrop-link:${sample_id}`],
    databases: [],
    caches: [],
    workers: 0,
  })
  const rendered = await page.content()
  for (const [place, text] of Object.entries({ html, rendered, console: said.join('\n') })) {
    expect(text.includes(token), `the token in ${place}`).toBe(false)
    expect(text.includes(token.split('.')[2]!), `its signature in ${place}`).toBe(false)
  }
  expect([said, refused], 'a quiet console').toEqual([[], []])
  expect(asked.filter(({ referer }) => referer?.includes(token))).toEqual([])
  const visit = site.visits.find((each) => each.url === '/done?from=privacy')
  expect(visit, 'the partner was visited').toBeDefined()
  expect(visit?.referer).toBeUndefined()
  const named = asked.filter((request) => request.url.includes(token)).map((request) => request.url)
  expect(new Set(named), 'only the page itself is asked for by the link').toEqual(new Set([url]))
  expect(service.output()).not.toContain(token)
  expect(service.output()).not.toContain(token.split('.')[2]!)
})

test('a link with its token in the fragment shows it to no server, and its address works in its own tab alone', async ({
  browser,
  service,
  site,
}) => {
  const partner = await partnerOf(service, { rowsMin: 1_000, flags: ['--link-form', 'fragment'] })
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  const { url, sample_id } = await partner.mint({ locale: 'de' })
  const [address, token] = url.split('#token=') as [string, string]
  const ready = (at: Page) => expect(at.getByRole('heading', { name: /^Ihre DNA-Datei an / })).toBeVisible()

  await page.goto(site.startPage(url))
  await page.getByRole('link', { name: 'Upload my file' }).click()
  await ready(page)
  expect(page.url()).toBe(address)
  await page.reload()
  await ready(page)
  await page.goto(address)
  await ready(page)
  await page.goto(site.startPage(''))
  await page.goBack()
  await ready(page)
  // The same link again, where only the fragment differs.
  await page.evaluate((link) => location.assign(link), url)
  await expect.poll(() => page.url()).toBe(address)
  await ready(page)

  const other = await context.newPage()
  await other.goto(address)
  await expect(other.getByRole('heading', { name: 'Dieser Link funktioniert nicht' })).toBeVisible()
  await expect(other.getByText('nur in dem Fenster, in dem der Link geöffnet wurde')).toBeVisible()
  await expect(other.getByText('kopieren Sie dort den ganzen Link')).toBeVisible()
  await expect(other.getByRole('link')).toHaveCount(0)
  await page.reload()
  await ready(page)

  // Once more while the file is on its way: nothing begins again.
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let held = 0
  await page.route('**/api/upload/files/**', async (route) => {
    held += 1
    await released
    await route.continue()
  })
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Meine .zip-Datei auswählen' }).click()
  await (await chooser).setFiles(await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 33 }))
  await expect.poll(() => held).toBeGreaterThan(0)
  await page.evaluate((link) => {
    Object.assign(window, { stillHere: true })
    location.assign(link)
  }, url)
  await expect.poll(() => page.url()).toBe(address)
  release()
  await expect(page.getByRole('heading', { name: / hat Ihre Datei$/ })).toBeVisible()
  expect(await page.evaluate(() => (window as { stillHere?: boolean }).stillHere)).toBe(true)

  const toUs = asked
    .filter((request) => request.startsWith(service.origin))
    .map((request) => request.split('#')[0]!)
  expect(toUs.length).toBeGreaterThan(10)
  expect(toUs.filter((request) => request.includes(token))).toEqual([])
  expect(service.output()).not.toContain(token)
  expect((await partner.sample(sample_id)).upload_session.state).toBe('received')
  await context.close()
})

const SCANNERS = [
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'WhatsApp/2.23.20.0',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (Windows NT 10.0) SafeLinks',
  'curl/8.5.0',
  '',
]

test('mail scanners and link previews change nothing: only a visible page opens the link', async ({
  page,
  partner,
  service,
  request,
}) => {
  const { url, sample_id } = await partner.mint()
  // The client of the tests knows no `*.localhost`; the server does not look at the name.
  const address = url.replace(service.origin, service.address)
  for (let round = 0; round < 20; round++) {
    const options = {
      headers: { 'User-Agent': SCANNERS[round % SCANNERS.length]!, Purpose: 'prefetch' },
    }
    const response =
      round % 2 === 0 ? await request.get(address, options) : await request.head(address, options)
    expect(response.status()).toBe(200)
    expect(response.headers()['cache-control']).toContain('no-store')
    expect(response.headers()['referrer-policy']).toBe('no-referrer')
    expect(response.headers()['x-robots-tag']).toContain('noindex')
    expect(response.headers()['set-cookie']).toBeUndefined()
  }
  const stateOf = async () => (await partner.sample(sample_id)).upload_session.state
  expect(await stateOf()).toBe('minted')

  await page.addInitScript(() => {
    const seen = { now: false }
    Object.defineProperty(document, 'visibilityState', { get: () => (seen.now ? 'visible' : 'hidden') })
    Object.defineProperty(window, 'comeIntoView', {
      value: () => {
        seen.now = true
        document.dispatchEvent(new Event('visibilitychange'))
      },
    })
  })
  const opened: string[] = []
  page.on('request', (each) => each.url().includes('/api/upload/') && opened.push(each.url()))
  await page.goto(url)
  await expect.poll(() => visitRuns(page)).toBe(true)
  expect(opened, 'a page that is not seen asks nothing').toEqual([])
  expect(await stateOf()).toBe('minted')
  await page.evaluate(() => (window as unknown as { comeIntoView(): void }).comeIntoView())
  await expect(pickButton(page)).toBeVisible()
  expect(await stateOf()).toBe('opened')
})

test('a captive portal that answers in our place is reported, and never taken for success', async ({
  page,
  partner,
}) => {
  const { url, sample_id } = await partner.mint()
  await page.route('**/api/upload/**', (route) =>
    route.fulfill({
      status: 200,
      contentType: 'text/html',
      body: '<html><h1>Hotel Wi-Fi: sign in</h1></html>',
    }),
  )
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Your network is blocking the connection' })).toBeVisible()
  await page.unroute('**/api/upload/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(pickButton(page)).toBeVisible()

  let answers = 0
  await page.route('**/api/upload/files/**', (route) => {
    answers += 1
    return answers > 2
      ? route.continue()
      : route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Sign in</html>' })
  })
  await pick(page, await exportFile({ vendor: 'ancestrydna', rows: SMALL_ROWS, seed: 32 }))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  expect(answers).toBeGreaterThan(2)
  expect((await partner.sample(sample_id)).upload_session.state).toBe('received')
})
