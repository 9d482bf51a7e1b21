import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FrameLocator, Locator, Page } from '@playwright/test'
import { WHOLE_BROWSER } from './browser/chromium.ts'
import { expectAccessibleAtOnce } from './browser/state-checks.ts'
import { oldEngineFaults } from './engines/old-engine-faults.ts'
import { expect, test } from './fixtures.ts'
import { startMeddlingProxy } from './service/meddling-proxy.ts'

// What the browser denies to the frames of other sites is part of this.
test.use(WHOLE_BROWSER)

const finding = (page: Page | FrameLocator, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** The tries have ended with this in sum. */
const expectSummary = (page: Page | FrameLocator, words: RegExp) =>
  expect(page.getByText(words)).toBeVisible()

/** A check shows this, in what can be seen of it. */
const expectFinding = (page: Page | FrameLocator, title: string, words: RegExp) =>
  expect(finding(page, title)).toContainText(new RegExp(words.source, 's'), { useInnerText: true })

test('in a current browser everything works, a chosen file is read and not sent, and the code shows it to any key', async ({
  page,
  partner,
  service,
}) => {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const posted: (string | null)[] = []
  page.on('request', (request) => request.url().endsWith('/api/doctor') && posted.push(request.postData()))
  await page.goto(`${service.origin}/doctor`)
  await expectSummary(page, /^Uploads work here\./)
  await expectFinding(page, 'Methods', /Works.*HEAD and PATCH reach the server/)
  await expectFinding(page, 'Sizes', /Works.*5 MiB/)
  await expectAccessibleAtOnce(page, 'the Doctor')
  await page.setViewportSize({ width: 360, height: 740 })
  await expectAccessibleAtOnce(page, 'the Doctor on a phone')
  await page.locator('input[type=file]').setInputFiles({
    name: 'genome_Miriam_Mustermann.zip',
    mimeType: 'application/zip',
    buffer: Buffer.alloc(200_000, 7),
  })
  await expectFinding(page, 'Reading the file', /Works/)
  await page.getByRole('button', { name: 'Get a code' }).click()
  const code = await page.getByText(/^[a-z]{4}-[a-z]{4}$/).textContent()
  const answer = await partner.call('GET', `/api/v2/doctor-reports/${code}`)
  expect(await answer.json()).toMatchObject({
    browser: 'chrome',
    findings: expect.arrayContaining([expect.objectContaining({ check: 'file', finding: 'read' })]),
  })
  expect(posted).toHaveLength(1)
  expect(posted[0]).not.toMatch(/Mustermann|Mozilla|localhost/)
  expect(complaints).toEqual([])
  const scripts = await page.locator('script:not([src])').allTextContents()
  scripts.push(await (await page.request.get(`${service.address}/doctor/page.js`)).text())
  expect(scripts.flatMap((text) => oldEngineFaults(text))).toEqual([])
})

const html = (status: number) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Blocked</html>')
  return true
}

test('a proxy that refuses methods, bodies, headers or everything is named, with what to change', {
  tag: '@torture',
}, async ({ page, service }) => {
  const proxy = await startMeddlingProxy(service.address)
  const visit = async () => {
    await page.goto(proxy.through(`${service.origin}/doctor`))
    await expectSummary(page, /must change/)
  }
  try {
    proxy.meddle({ refuses: (one, answer) => !/^(GET|POST)$/.test(one.method!) && html(405)(one, answer) })
    await visit()
    // Through another port it is another address than the one in links.
    await expectFinding(page, 'Address', /Must change.*another address/)
    await expectFinding(page, 'Methods', /Falls back.*\(status 405\).*Let HEAD and PATCH/)

    proxy.meddle({
      refuses: (one, answer) =>
        Number(one.headers['content-length'] ?? 0) > 600_000 && html(413)(one, answer),
      removes: { request: ['authorization'] },
    })
    await visit()
    await expectFinding(page, 'Sizes', /Falls back.*up to 512 KiB.*client_max_body_size/)
    await expectFinding(page, 'Headers', /Falls back.*Authorization is removed/)

    proxy.meddle({ removes: { request: ['tus-resumable'] } })
    await visit()
    await expectFinding(page, 'Headers', /Must change.*removed from the requests/)

    proxy.meddle({ refuses: html(403) })
    await visit()
    await expectFinding(page, 'Methods', /Must change.*\(status 403\)/)
    await expectFinding(page, 'Sizes', /Not tried/)
  } finally {
    await proxy.stop()
  }
})

test('frames are told apart: by embed.js, by hand, and in a sandbox without an origin', {
  tag: '@torture',
}, async ({ page, service, site }) => {
  await page.goto(site.startPage(''))
  const doctor = page.frameLocator('iframe')
  const frame = (attributes: Record<string, string>) =>
    page.evaluate((given) => {
      document.querySelector('iframe')?.remove()
      const made = document.createElement('iframe')
      for (const [name, value] of Object.entries(given)) made.setAttribute(name, value)
      document.body.append(made)
    }, attributes)

  await frame({ src: `${service.origin}/doctor`, sandbox: 'allow-scripts' })
  await expectSummary(doctor, /One thing must change/)
  await expectFinding(doctor, 'Surroundings', /Must change.*Add allow-same-origin/)

  await frame({ src: `${service.origin}/doctor` })
  await expectSummary(doctor, /could be better/)
  await expectFinding(doctor, 'Events', /Falls back.*does not answer.*embed\.js/)
  await expectFinding(doctor, 'Screen', /Falls back.*screen-wake-lock/)

  await page.evaluate(async (origin) => {
    document.querySelector('iframe')?.remove()
    const script = Object.assign(document.createElement('script'), { src: `${origin}/embed.js` })
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve))
    document.body.append(script)
    await loaded
    const host = window as unknown as { Arraydrop: { open(url: string, options: object): void } }
    host.Arraydrop.open(`${origin}/doctor`, { target: 'body' })
  }, service.origin)
  await expectSummary(doctor, /Uploads work here\./)
  await expectFinding(doctor, 'Events', /Works.*events go both ways/)
  const [shown, whole] = await Promise.all([
    page.locator('iframe').evaluate((element) => element.clientHeight),
    doctor.locator('html').evaluate((element) => element.scrollHeight),
  ])
  expect(Math.abs(shown - whole)).toBeLessThan(8)
})

test('an older engine is named by what it lacks, and one that cannot run the script by a notice', {
  tag: '@torture',
}, async ({ page, service }) => {
  await page.addInitScript(() => {
    for (const name of ['DecompressionStream', 'MessageChannel', 'Worker'])
      Reflect.deleteProperty(window, name)
    Object.defineProperty(window, 'crypto', {
      value: { getRandomValues: crypto.getRandomValues.bind(crypto) },
    })
  })
  await page.goto(`${service.origin}/doctor`)
  await expectSummary(page, /One thing must change/)
  await expectFinding(page, 'Scripts', /Must change.*lacks 1 of/)
  await expectFinding(page, 'Opening archives', /Falls back/)
  await expectFinding(page, 'Checksum', /Falls back/)
  await expectFinding(page, 'Background thread', /Falls back/)

  const body = 'class A { static {'
  await page.route('**/doctor/page.js', (route) => route.fulfill({ contentType: 'text/javascript', body }))
  await page.goto(`${service.origin}/doctor`)
  await expect(page.getByText('The script of this page does not run here.')).toBeVisible()

  // A policy that something in between adds stops the first script, too.
  await page.route('**/doctor', async (route) => {
    const response = await route.fetch({ url: `${service.address}/doctor` })
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'none'" }
    await route.fulfill({ response, headers })
  })
  await page.goto(`${service.origin}/doctor`)
  await expect(page.getByText('The script of this page does not run here.')).toBeVisible()
})
