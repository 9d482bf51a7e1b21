import { WHOLE_BROWSER } from './browser/chromium.ts'
import { exportFile, FULL_ROWS, SMALL_ROWS } from './browser/made-files.ts'
import { HEADINGS, NAMES, pick, pickButton } from './browser/upload-page.ts'
import { test as base, expect } from './fixtures.ts'
import { type Partner, partnerOf } from './service/partner.ts'

/** A project as partners have it: whole exports only. */
const test = base.extend<{ clinic: Partner }>({
  clinic: async ({ service }, use) => use(await partnerOf(service, { rowsMin: 300_000 })),
})

// What the browser denies to the frames of other sites is part of this.
test.use(WHOLE_BROWSER)

const BACK = '?order=7&note=%2Fa%20b&c#part%2Ftwo'
const untilSucceeded = { timeout: 150_000 }

test.describe.configure({ timeout: 300_000 })

/** The sample ends well, with the numbers of this very file. */
async function expectSucceeded(
  partner: Partner,
  sampleId: string,
  vendor: string,
  rows: number,
): Promise<void> {
  await expect
    .poll(async () => (await partner.sample(sampleId)).last_status.status, untilSucceeded)
    .toBe('succeeded')
  const { qc, upload_session } = await partner.sample(sampleId)
  expect([upload_session.vendor, qc?.summary.rows]).toEqual([vendor, rows])
}

const VENDORS = ['23andme', 'ancestrydna', 'myheritage'] as const
const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/** One whole export here, and small ones through the frame and the WebView below; `npm run torture` sends whole ones everywhere. */
const ON_ITS_OWN = TORTURE ? VENDORS : VENDORS.slice(0, 1)
const ROWS_ELSEWHERE = TORTURE ? FULL_ROWS : SMALL_ROWS

for (const [index, vendor] of ON_ITS_OWN.entries()) {
  test(`a whole ${vendor} export goes from the partner's link to succeeded and back to the partner`, async ({
    page,
    clinic,
    site,
  }) => {
    const file = await exportFile({ vendor, rows: FULL_ROWS, seed: 100 + index })
    const done = site.place('done', BACK)
    const { url, sample_id } = await clinic.mint({ redirect_on_success: done })
    const start = site.startPage(url)
    await page.goto(start)
    await page.getByRole('link', { name: 'Upload my file' }).click()
    await expect(page.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
    const entries = await page.evaluate(() => history.length)

    await pick(page, file)
    await page.waitForURL(done)
    expect(page.url()).toBe(done)
    expect(await page.evaluate(() => history.length), 'the upload page was replaced').toBe(entries)
    await page.goBack()
    expect(page.url()).toBe(start)
    await expectSucceeded(clinic, sample_id, vendor, FULL_ROWS)

    await page.goto(url)
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(page.getByRole('link', { name: NAMES.onward })).toHaveAttribute('href', done)
    await expect(pickButton(page)).toHaveCount(0)
  })
}

test('the journey works in a frame of another site, where the browser gives neither storage nor cookies', {
  tag: '@torture',
}, async ({ page, partner, site }) => {
  const file = await exportFile({ vendor: 'ancestrydna', rows: ROWS_ELSEWHERE, seed: 104 })
  const done = site.place('done', BACK)
  const { url, sample_id } = await partner.mint({ redirect_on_success: done })
  await page.goto(site.framePage(url))
  const inside = page.frameLocator('iframe')
  await expect(inside.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
  const frame = page.frames()[1]!
  const storage = await frame.evaluate(() => {
    try {
      return `${localStorage.length} entries`
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(storage, 'third-party storage is blocked').toBe('SecurityError')

  await pick(page, file, inside)
  await frame.waitForURL(done)
  expect(frame.url()).toBe(done)
  await expectSucceeded(partner, sample_id, 'ancestrydna', ROWS_ELSEWHERE)
  expect(await page.context().cookies()).toEqual([])

  await page.goto(site.framePage(url))
  await expect(inside.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  await expect(pickButton(inside)).toHaveCount(0)
})

test.describe('in a WebView on a phone without browser storage', () => {
  test.use({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
      'Chrome/140.0.0.0 Mobile Safari/537.36',
  })

  test('the journey ends on the confirmation page, which can be closed', { tag: '@torture' }, async ({
    page,
    partner,
  }) => {
    await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { value: null }))
    const file = await exportFile({ vendor: 'myheritage', rows: ROWS_ELSEWHERE, seed: 105 })
    const { url, sample_id } = await partner.mint()
    await page.goto(url)
    expect(await page.evaluate(() => window.localStorage)).toBeNull()
    const chooser = page.waitForEvent('filechooser')
    await pickButton(page).tap()
    await (await chooser).setFiles(file)
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(page.getByText('You can close this page now.')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await expectSucceeded(partner, sample_id, 'myheritage', ROWS_ELSEWHERE)

    await page.reload()
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(pickButton(page)).toHaveCount(0)
  })
})
