import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { aPerson, typePassword } from './browser/console-page.ts'
import { exportFile, FULL_ROWS } from './browser/made-files.ts'
import { pick, pickButton } from './browser/upload-page.ts'
import { asFile, smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'

/**
 * The README's pictures, taken from a service that runs: the upload page on a phone, the console, the report. Files and
 * names are synthetic. `npm run pictures` writes them to docs/images; commit what changed.
 */

const IMAGES = path.resolve(import.meta.dirname, '../docs/images')
const ANALYSIS_MS_MAX = 120_000
/** For a machine that is busy: nothing here is a test of speed. */
const ACTION_MS_MAX = 120_000
const WEBP_QUALITY = 0.86

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const DESKTOP = { viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5 }
/** A report is read on paper; its first screen is what fits here. */
const PAPER = { viewport: { width: 860, height: 722 }, deviceScaleFactor: 1.5 }

const service = await startService()
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu'],
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
})
try {
  // Small exports are whole to this project, so that the list is full in seconds.
  const partner = await partnerOf(service, { rowsMin: 1_000, name: 'Willow Clinic' })
  const console = await openConsole(browser, service)
  await brand(console, partner)
  await fillList(service, partner)
  const sampleId = await takeUploadPage(browser, partner)
  await takeConsole(console, service, partner)
  await takeReport(browser, service, partner, sampleId)
} finally {
  await browser.close()
  await service.dispose()
}

async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(ACTION_MS_MAX)
  return context.newPage()
}

async function openConsole(browser: Browser, service: Service): Promise<Page> {
  const page = await openPage(browser, DESKTOP)
  await page.goto(`${service.origin}/console`)
  await typePassword(page, await aPerson(service, 'owner', 'Ada Owner'))
  await page.getByRole('link', { name: 'Samples', exact: true }).first().waitFor()
  return page
}

/** By the owner's own session: the partner's key may not change a project. */
async function brand(page: Page, { projectId }: Partner): Promise<void> {
  const settings = {
    purpose: 'We use your genetic data to prepare your medication report.',
    raw_file_days: 90,
    support_url: 'https://willow.example/help',
    privacy_url: 'https://willow.example/privacy',
  }
  const status = await page.evaluate(
    async ([path, body]) =>
      (await fetch(path!, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: body! }))
        .status,
    [`/api/v2/projects/${projectId}`, JSON.stringify({ settings })],
  )
  if (status !== 200) throw new Error(`The project's settings answered ${status}`)
}

/** Samples in every state a list usually shows. */
async function fillList(service: Service, partner: Partner): Promise<void> {
  const order = (n: number) => ({ metadata: { your_reference: `W-10${n}` } })
  await partner.mint(order(41))
  const left = await openedPage(service, partner, order(42))
  await left.leave('file_not_ready')
  const refused = await openedPage(service, partner, order(43))
  await sendFile(refused, asFile(new TextEncoder().encode('%PDF-1.7 and nothing like a zip')))
  for (const [n, vendor] of (['23andme', 'ancestrydna', 'myheritage', '23andme'] as const).entries()) {
    const page = await openedPage(service, partner, order(44 + n))
    await sendFile(page, await smallExport(n + 1, { vendor, rows: 6_000 }))
  }
  await openedPage(service, partner, order(48))
}

/** The first view of a link on a phone; then the file is sent, and the sample is what the report is about. */
async function takeUploadPage(browser: Browser, partner: Partner): Promise<string> {
  const page = await openPage(browser, PHONE)
  const { url, sample_id } = await partner.mint({ metadata: { your_reference: 'W-1049' } })
  await page.goto(url)
  await pickButton(page).waitFor()
  await take(page, 'upload-page')
  await pick(page, await exportFile({ vendor: 'ancestrydna', rows: FULL_ROWS, seed: 7, sex: 'female' }))
  await page.getByRole('heading', { name: 'Willow Clinic has your file' }).waitFor()
  await take(page, 'upload-received')
  await page.context().close()
  return sample_id
}

async function takeConsole(page: Page, service: Service, { projectId }: Partner): Promise<void> {
  await page.goto(`${service.origin}/console/projects/${projectId}/samples`)
  await page.getByRole('table').locator('tbody tr').first().waitFor()
  await take(page, 'console')
}

async function takeReport(
  browser: Browser,
  { origin, address }: Service,
  partner: Partner,
  sampleId: string,
): Promise<void> {
  // Node does not know *.localhost.
  const html = await fetch((await reportUrl(partner, sampleId)).replace(origin, address))
  const page = await openPage(browser, PAPER)
  await page.setContent(await html.text())
  await take(page, 'report')
}

async function reportUrl(partner: Partner, sampleId: string): Promise<string> {
  const deadline = Date.now() + ANALYSIS_MS_MAX
  for (;;) {
    const answer = await partner.call('GET', `/api/v2/samples/${sampleId}`)
    const { files, last_status } = (await answer.json()) as {
      files: { file_type: string; download_url: string }[] | null
      last_status: { status: string }
    }
    const report = files?.find(({ file_type }) => file_type === 'qc-html')
    if (report) return report.download_url
    if (Date.now() > deadline) throw new Error(`There is no report: the sample is ${last_status.status}`)
    await wait(200)
  }
}

/** What the page shows, as WebP: a third of the bytes of a PNG, which every reader of the README downloads. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const canvas = await page.context().newPage()
  const webp = await canvas.evaluate(
    async ([base64, quality]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const surface = document.createElement('canvas')
      surface.width = image.naturalWidth
      surface.height = image.naturalHeight
      surface.getContext('2d')!.drawImage(image, 0, 0)
      return surface.toDataURL('image/webp', Number(quality)).split(',')[1]!
    },
    [png.toString('base64'), String(WEBP_QUALITY)],
  )
  await canvas.close()
  await writeFile(path.join(IMAGES, `${name}.webp`), Buffer.from(webp, 'base64'))
  globalThis.console.log(`docs/images/${name}.webp`)
}
