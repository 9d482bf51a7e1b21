import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { exportFile, fileOf, largeExportFile, type PickedFile, SMALL_ROWS } from './browser/made-files.ts'
import { addressOf, HEADINGS, NAMES, pick, pickButton, refusal } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'
import { partnerOf } from './service/partner.ts'

/** The problems listed in docs/upload-page.md, which also names the specs that cover the others. */

const goodFile = (seed: number) => exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed })
const received = (page: Page) => page.getByRole('heading', { name: HEADINGS.received })
const PARTS = '**/api/upload/files/**'

/** What the browser does when a file is dropped on the page. */
const drop = (page: Page, { name, buffer }: PickedFile) =>
  page.evaluate(
    ([name, text]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], name))
      const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer })
      return !document.body.dispatchEvent(event)
    },
    [name, buffer.toString('base64')] as const,
  )

test('a file chooser that never opens is detected, and the next attempt gets a new input', async ({
  page,
  partner,
}) => {
  await page.goto((await partner.mint()).url)
  // Before that the chooser is the browser's own: no script watches it yet.
  await expect(page.getByRole('heading', { name: /^Send your DNA file/ })).toBeVisible()
  const first = await page.locator('input[type=file]').elementHandle()
  // None opens and nothing is reported, as in an app that blocks it.
  await page.evaluate(() => {
    HTMLInputElement.prototype.click = () => undefined
  })
  await pickButton(page).click()
  await expect(page.getByText('Did nothing open?')).toBeVisible()
  await page.evaluate(() => {
    HTMLInputElement.prototype.click = HTMLElement.prototype.click
  })
  await pick(page, fileOf('list.zip', Buffer.from('{"a": 1}')))
  await expect(refusal(page)).toBeVisible()
  await expect(page.getByText('Did nothing open?')).toHaveCount(0)
  const second = await page.locator('input[type=file]').elementHandle()
  expect(await page.evaluate(([one, other]) => one === other, [first, second])).toBe(false)
})

for (const where of ['in the worker', 'on the page, without workers']) {
  test(
    `a file that the device cannot read is reported as such, and can be chosen again: ${where}`,
    { tag: where === 'in the worker' ? [] : '@torture' },
    async ({ page, partner }, info) => {
      const readInWorker = where === 'in the worker'
      if (!readInWorker) await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'))
      const scripts = Promise.withResolvers<void>()
      await page.route('**/_next/static/**/*.js', async (route) => {
        await scripts.promise
        await route.continue()
      })
      await page.goto((await partner.mint()).url, { waitUntil: 'commit' })
      const { name, buffer } = await goodFile(71)
      const file = info.outputPath(name)
      await mkdir(info.outputDir, { recursive: true })
      await writeFile(file, buffer)
      const chooser = page.waitForEvent('filechooser')
      await page.locator('label').click()
      await (await chooser).setFiles(file)
      // It goes away, as a cloud's placeholder does, before anything has read it.
      await rm(file)
      scripts.resolve()
      await expect(refusal(page)).toContainText('It may still be in a cloud')
      await pick(page, await goodFile(71))
      await expect(received(page)).toBeVisible()
      expect(page.workers().length > 0).toBe(readInWorker)
    },
  )
}

test('a file dropped before the scripts have loaded is kept until they have', async ({ page, partner }) => {
  const scripts = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  const { url, sample_id } = await partner.mint()
  await page.goto(url, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await drop(page, await goodFile(72)), 'the browser does not leave the page').toBe(true)
  scripts.resolve()
  await expect(received(page)).toBeVisible()
  expect(page.url()).toBe(addressOf(url, sample_id))
})

test('without scripts the page says that it needs them, and holds out nothing that leads nowhere; what file is needed is there from the start', async ({
  browser,
  partner,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto((await partner.mint()).url)
  await expect(page.getByRole('heading')).toHaveText(['This page has not started'])
  await expect(page.getByRole('main')).toContainText('This page needs JavaScript.')
  await expect(pickButton(page)).toBeHidden()
  const main = page.locator('#upload-panel main')
  const facts = ['.zip file', 'raw DNA data', '23andMe, AncestryDNA, or MyHeritage', '25 MB', 'two minutes']
  for (const fact of facts) {
    await expect(main).toContainText(fact)
  }
  await context.close()
})

test.describe('in the browser of a social app', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22A Instagram 350.0',
  })

  test('the page explains how to leave the app, copies the link, and still accepts files', async ({
    page,
    context,
    partner,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { url } = await partner.mint()
    await page.goto(url)
    await expect(page.getByText('You opened this page inside another app.')).toBeVisible()
    await page.getByRole('button', { name: 'Copy the link' }).first().click()
    await expect(page.getByText('Copied. Now paste it into the address line')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)
    await pick(page, await goodFile(73))
    await expect(received(page)).toBeVisible()
  })
})

test('a page killed during a transfer comes back and resumes where it was', async ({
  page,
  context,
  partner,
}) => {
  const { url } = await partner.mint()
  const file = await largeExportFile(40_000, 74)
  const held = Promise.withResolvers<void>()
  let chunks = 0
  await page.route(PARTS, async (route) => {
    if (route.request().method() === 'PATCH' && ++chunks > 1) await held.promise
    await route.continue().catch(() => undefined)
  })
  await page.goto(url)
  await pick(page, file)
  await expect.poll(() => chunks).toBe(2)
  const crashed = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => undefined)
  await crashed
  held.resolve()

  const again = await context.newPage()
  const offsets: number[] = []
  again.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  await again.goto(url)
  await expect(again.getByText(/^We already have \d+% of a file\./)).toBeVisible()
  await pick(again, file)
  await expect(received(again)).toBeVisible()
  expect(offsets[0]).toBeGreaterThan(0)
})

test('the page works when browser storage throws, and requests nothing that looks like tracking', async ({
  page,
  partner,
}) => {
  const paths: string[] = []
  page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get: refuse })
    }
    Object.defineProperty(document, 'cookie', { get: refuse, set: refuse })
  })
  await page.goto((await partner.mint()).url)
  await pick(page, await goodFile(76))
  await expect(received(page)).toBeVisible()
  await page.reload()
  await expect(received(page), 'the link is kept without storage, too').toBeVisible()
  expect(paths.filter((path) => /track|analytic|advert|collect|pixel|beacon|telemetry/i.test(path))).toEqual(
    [],
  )
})

test('a page restored from the history shows the current state', async ({ page, context, partner }) => {
  const { url } = await partner.mint()
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  const other = await context.newPage()
  await other.goto(url)
  await pick(other, await goodFile(77))
  await expect(received(other)).toBeVisible()
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(received(page)).toBeVisible()
  await expect(pickButton(page)).toHaveCount(0)
})

for (const [name, days] of [
  ['a day behind', -1],
  ['a day ahead', 1],
] as const) {
  test(`a device whose clock is ${name} has the same time left as any other`, {
    tag: days < 0 ? [] : '@torture',
  }, async ({ page, partner }) => {
    await page.addInitScript((shift) => {
      const Real = Date
      window.Date = class extends Real {
        constructor(...given: unknown[]) {
          if (given.length === 0) super(Real.now() + shift)
          else super(...(given as [number]))
        }
        static override now() {
          return Real.now() + shift
        }
      } as DateConstructor
    }, days * 86_400_000)
    await page.goto((await partner.mint()).url)
    await page.getByText('My file is on another device').click()
    await expect(page.getByText(/^It works for 1[45] minutes more\.$/)).toBeVisible()
    if (days < 0) return
    await pick(page, await goodFile(78))
    await expect(received(page)).toBeVisible()
  })
}

test('stopping always asks for confirmation, and the focus follows the question', async ({
  page,
  partner,
}) => {
  const held = Promise.withResolvers<void>()
  let chunks = 0
  await page.route(PARTS, async (route) => {
    if (route.request().method() === 'PATCH' && ++chunks > 2) await held.promise
    await route.continue().catch(() => undefined)
  })
  await page.goto((await partner.mint()).url)
  await pick(page, await largeExportFile(60_000, 79))
  await expect.poll(() => chunks).toBe(3)
  const stop = page.getByRole('button', { name: 'Stop and delete what was sent' })
  await stop.click()
  await expect(refusal(page)).toHaveText('Stop, and delete what has arrived?')
  const goOn = page.getByRole('button', { name: 'No, keep sending' })
  await expect(goOn).toBeFocused()
  await goOn.press('Enter')
  await expect(stop).toBeFocused()
  await stop.press('Enter')
  await page.getByRole('button', { name: 'Yes, stop and delete' }).click()
  await expect(page.getByText('Stopped. Everything that had been sent was deleted.')).toBeVisible()
  held.resolve()
})

test('people without a file see the three guides first, each with a link to the company, then the ways on', async ({
  page,
  partner,
}) => {
  await page.goto((await partner.mint()).url)
  await page.getByRole('button', { name: NAMES.noFileYet }).click()
  const guides = page.locator('main summary')
  await expect(guides).toHaveText(['23andMe', 'AncestryDNA', 'MyHeritage'])
  await guides.nth(1).click()
  await expect(page.getByText('It may take a few hours.')).toBeVisible()
  await expect(page.getByText('The file has a name like dna-data-2026-03-12.zip.')).toBeVisible()
  const link = page.getByRole('link', { name: 'Open the AncestryDNA download page' })
  await expect(link).toHaveAttribute('href', /^https:\/\/support\.ancestry\.com\//)
  const [guide, leave] = [
    await guides.first().boundingBox(),
    await page.getByRole('button', { name: NAMES.moreTime }).boundingBox(),
  ]
  expect(guide!.y, 'the guides come before the ways on').toBeLessThan(leave!.y)
})

test('a project’s brand is on its page, in colours that can be read, with what the file is for and how long it is kept', {
  tag: '@torture',
}, async ({ page, service }) => {
  const clinic = await partnerOf(service, { rowsMin: 1_000, name: 'clinic-eu-2' })
  const { key } = await service.admin<{ key: string }>(
    'create-api-key',
    '--project',
    clinic.projectId,
    '--role',
    'manager',
  )
  const change = (settings: object) =>
    clinic.call(
      'PATCH',
      `/api/v2/projects/${clinic.projectId}`,
      { settings },
      { Authorization: `Api-Key ${key}` },
    )
  const refused = await change({ accent_light: '#ffd400' })
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('cannot be read on our light page')
  const set = await change({
    display_name: 'Brandt Clinic',
    logo: `data:image/png;base64,${PIXEL}`,
    accent_light: '#1d4ed8',
    button: '#ffd400',
    purpose: 'We work out which medicines suit you.',
    purposes: { de: 'Wir klären, welche Medikamente zu Ihnen passen.' },
    raw_file_days: 30,
    support_url: 'https://clinic.example/help',
  })
  expect(set.status).toBe(200)

  await page.addInitScript(watchPage)
  await page.goto((await clinic.mint()).url)
  await expect(page.getByRole('heading', { name: 'Send your DNA file to Brandt Clinic' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Brandt Clinic' })).toHaveJSProperty('naturalWidth', 1)
  await expect(pickButton(page)).toHaveCSS('background-color', 'rgb(255, 212, 0)')
  await expect(pickButton(page)).toHaveCSS('color', 'rgb(0, 0, 0)')
  const trust = page.getByRole('contentinfo')
  await expect(trust).toContainText('Why Brandt Clinic needs it:')
  await expect(trust.getByText('We work out which medicines suit you.', { exact: true })).toBeVisible()
  await expect(trust.getByRole('link').first()).toHaveCSS('color', 'rgb(29, 78, 216)')
  const shifted = await page.evaluate(() => (window as unknown as Watched).shifted)
  expect(shifted, 'nothing moves while the page opens').toBeLessThanOrEqual(0.01)
  await expect(trust).toContainText('Your file is deleted from this service after 30 days.')
  await expect(trust).toContainText('What is worked out from it is kept until Brandt Clinic deletes it.')
  await expect(trust.getByRole('link', { name: 'Help from Brandt Clinic' })).toHaveAttribute(
    'href',
    'https://clinic.example/help',
  )
  await pick(page, await goodFile(80))
  await expect(page.getByRole('heading', { name: 'Brandt Clinic has your file' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Brandt Clinic' })).toBeVisible()
  await expect(trust).toContainText('they can erase it for good at any time')
  const lost = await page.evaluate(() => (window as unknown as Watched).lost)
  expect(lost, 'the focus is never on the body once it was somewhere').toEqual([])

  await page.goto((await clinic.mint({ locale: 'de' })).url)
  await expect(
    trust.getByText('Wir klären, welche Medikamente zu Ihnen passen.', { exact: true }),
  ).toBeVisible()
})

interface Watched {
  shifted: number
  /** Headings under which the focus was lost. */
  lost: string[]
}

/** Runs in the page: adds up what moves by itself, and looks in every frame where the focus is. */
function watchPage(): void {
  const watched = Object.assign(window, { shifted: 0, lost: [] as string[] })
  new PerformanceObserver((list) => {
    for (const each of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!each.hadRecentInput) watched.shifted += each.value
  }).observe({ type: 'layout-shift', buffered: true })
  let begun = false
  document.addEventListener('focusin', () => {
    begun = true
  })
  const look = () => {
    if (begun && document.activeElement === document.body)
      watched.lost.push(document.querySelector('h1')?.textContent ?? '')
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** One dot. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
