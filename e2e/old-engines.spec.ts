import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { FILLED_GAPS } from '#components/upload/start/fill-gaps.ts'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import { HEADINGS, pick } from './browser/upload-page.ts'
import { oldEngineFaults } from './engines/old-engine-faults.ts'
import { expect, test } from './fixtures.ts'

const root = path.resolve(import.meta.dirname, '..')
const isFilled = (fault: string) => FILLED_GAPS.some((name) => fault.startsWith(`.${name}()`))

test('the finder of what old engines lack finds it, and lets pass what is asked for first', () => {
  expect(oldEngineFaults('class A { static { f() } }')).toHaveLength(1)
  expect(oldEngineFaults('/(?<=a)b/.test(c)')).toHaveLength(1)
  expect(oldEngineFaults('structuredClone(a); crypto.randomUUID(); a.toSorted()')).toHaveLength(3)
  expect(oldEngineFaults('a ||= await b')).toHaveLength(1)
  expect(oldEngineFaults('a?.b ?? c; a ||= 1; class B { #c = 1; static d = 2 }')).toEqual([])
  expect(oldEngineFaults('if (window.reportError) reportError(e)')).toEqual([])
})

/** Every built script that the upload page or its worker can load: those that its entry names, those that these name, and so on. */
async function scriptsOfUploadPage(): Promise<Map<string, string>> {
  const read = (name: string) => readFile(path.join(root, '.next', name), 'utf8')
  const namesIn = (text: string) => text.match(/static\/chunks\/[\w.~-]+\.js/g) ?? []
  const { rootMainFiles } = JSON.parse(await read('build-manifest.json')) as { rootMainFiles: string[] }
  const entry = await read('server/app/array-data-upload/page_client-reference-manifest.js')
  const scripts = new Map<string, string>()
  const names = new Set([...rootMainFiles, ...namesIn(entry)])
  for (const name of names) {
    const text = await read(name)
    scripts.set(name, text)
    for (const next of namesIn(text)) names.add(next)
  }
  return scripts
}

test('every script that the page may ever load, in any language, parses and runs in the oldest supported engines', async () => {
  const scripts = await scriptsOfUploadPage()
  const all = [...scripts.values()].join('\n')
  // Of its last stages, of its worker, and of a language that no other test of this file asks for.
  for (const text of ['/api/upload/files', 'hidden_data', 'Arquivo']) expect(all).toContain(text)
  const faults = [...scripts].flatMap(([name, text]) =>
    oldEngineFaults(text)
      .filter((fault) => !isFilled(fault))
      .map((fault) => `${name}: ${fault}`),
  )
  expect(faults).toEqual([])
})

test('every script of the page, up to the file’s arrival, parses and runs in the oldest supported engines', async ({
  page,
  partner,
}) => {
  const sources = new Map<string, string>([
    ['embed.js', readFileSync(path.join(root, 'public/embed.js'), 'utf8')],
  ])
  const bodies: Promise<void>[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (!pathname.endsWith('.js')) return
    bodies.push(response.text().then((text) => void sources.set(pathname, text)))
  })
  await page.goto((await partner.mint()).url)
  for (const text of await page.locator('script:not([src])').allTextContents()) sources.set(text, text)
  await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 3 }))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  await Promise.all(bodies)
  // Loaded for browsers without modules only, and full of what it looks for.
  const own = [...sources].filter(([, text]) => !text.includes('core-js'))
  expect(own.length).toBeGreaterThan(8)
  const faults = own.flatMap(([name, text]) =>
    oldEngineFaults(text)
      .filter((fault) => !isFilled(fault))
      .map((fault) => `${name.slice(0, 80)}: ${fault}`),
  )
  expect(faults).toEqual([])
})

test('every colour that the style sheet mixes is asked for first: an engine that cannot mix would show none', async ({
  page,
  partner,
}) => {
  await page.goto((await partner.mint()).url)
  const mixed = await page.evaluate(() => {
    const found = { asked: 0, bare: [] as string[] }
    const look = (rules: CSSRuleList, asked: boolean) => {
      for (const rule of rules) {
        if (rule instanceof CSSGroupingRule) look(rule.cssRules, asked || rule instanceof CSSSupportsRule)
        else if (!rule.cssText.includes('color-mix(')) continue
        else if (asked) found.asked += 1
        else found.bare.push(rule.cssText)
      }
    }
    for (const sheet of document.styleSheets) look(sheet.cssRules, false)
    return found
  })
  expect(mixed.bare).toEqual([])
  expect(mixed.asked).toBeGreaterThan(3)
})

const NOTICE = 'This page has not started'

/** Names of the built scripts that hold a text. */
async function scriptsWith(text: string): Promise<string[]> {
  const folder = path.join(root, '.next/static/chunks')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const found = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return names.filter((_, index) => found[index]!.includes(text))
}

test.describe('a page that does not start', () => {
  test('says so in the link’s language, with what to do, when no script arrives', async ({
    page,
    partner,
  }) => {
    // Time stands still while the page loads, however long that takes.
    await page.clock.install({ time: 0 })
    await page.clock.pauseAt(1_000)
    await page.route('**/_next/static/**/*.js', (route) => route.abort())
    await page.goto((await partner.mint({ locale: 'de' })).url)
    await page.clock.fastForward(9_000)
    await expect(page.getByText('Diese Seite ist nicht gestartet')).toBeHidden()
    await page.clock.fastForward(1_500)
    await expect(page.getByText('Diese Seite ist nicht gestartet')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Seite neu laden' })).toHaveAttribute('href', /\?token=/)
  })

  test('says so too when its scripts do not parse, and nothing once the page runs', async ({
    page,
    partner,
  }) => {
    await page.clock.install()
    const { url } = await partner.mint({ locale: 'en' })
    await page.route('**/_next/static/**/*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'class A { static {' }),
    )
    await page.goto(url)
    await page.clock.fastForward(10_500)
    await expect(page.getByText(NOTICE)).toBeVisible()
    await page.unroute('**/_next/static/**/*.js')
    await page.reload()
    await expect(page.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
    await page.clock.fastForward(11_000)
    await expect(page.getByText(NOTICE)).toBeHidden()
  })

  test('says so while a later part of its script is kept away, and opens once that arrives', async ({
    page,
    partner,
  }) => {
    await page.clock.install()
    const late = await scriptsWith('/api/upload/files')
    let blocked = 0
    let kept = true
    await page.route(
      ({ pathname }) => late.includes(path.basename(pathname)),
      (route) => {
        if (!kept) return route.continue()
        blocked += 1
        return route.abort('connectionfailed')
      },
    )
    await page.goto((await partner.mint({ locale: 'en' })).url)
    await expect.poll(() => blocked).toBeGreaterThan(0)
    await page.clock.fastForward(10_500)
    await expect(page.getByText(NOTICE)).toBeVisible()
    kept = false
    await page.clock.fastForward(2_500)
    await expect(page.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
    await expect(page.getByText(NOTICE)).toBeHidden()
  })

  test('names the right address when it was opened at another one', async ({ page, partner, service }) => {
    await page.clock.install()
    await page.route('**/_next/static/**/*.js', (route) => route.abort())
    const { url } = await partner.mint({ locale: 'en' })
    await page.goto(url.replace(service.origin, service.address))
    await page.clock.fastForward(10_500)
    await expect(
      page.getByText(`This is not the address of this service. Please use ${service.origin}.`),
    ).toBeVisible()
    await expect(page.getByRole('link', { name: `Open this page at ${service.origin}` })).toHaveAttribute(
      'href',
      url,
    )
  })

  test('names the cause in a sandbox without an origin, and opens in a window', async ({
    page,
    partner,
    site,
  }) => {
    await page.goto(site.startPage(''))
    await page.evaluate(
      (link) => {
        const frame = document.createElement('iframe')
        frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox')
        frame.src = link
        document.body.append(frame)
      },
      (await partner.mint({ locale: 'en' })).url,
    )
    const frame = page.frameLocator('iframe')
    await expect(frame.getByText('The page around this one does not let it work.')).toBeVisible()
    const popup = page.waitForEvent('popup')
    await frame.getByRole('link', { name: /own/ }).click()
    await expect((await popup).getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
  })
})

test('a file chosen before any script has run is taken, and the journey goes on by itself', async ({
  page,
  partner,
}) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto((await partner.mint()).url, { waitUntil: 'commit' })
  const chooser = page.waitForEvent('filechooser')
  await page.locator('label').click()
  await (await chooser).setFiles(await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 4 }))
  release()
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('the page starts its worker, which its policy allows', async ({ page, partner }) => {
  const worker = page.waitForEvent('worker')
  await page.goto((await partner.mint()).url)
  await worker
  await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 5 }))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})
