import type { BrowserContext, Page } from '@playwright/test'
import { FILE_REASONS, type FileReason, REASONS, type Reason } from '#lib/genotype/reason.ts'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import type { PartnerSite } from './browser/partner-site.ts'
import {
  addressOf,
  HEADINGS,
  NAMES,
  pick,
  pickButton,
  refusal,
  wake,
  watchSending,
} from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import type { Service } from './service/start-service.ts'

interface Scene {
  page: Page
  context: BrowserContext
  partner: Partner
  service: Service
  site: PartnerSite
}

const QUERY = '?case=7&reason=none&x=%2F&y#top'
const failed = (site: PartnerSite) => site.place('failed', QUERY)
const failedFor = (site: PartnerSite, reason: Reason) =>
  site.place('failed', `?case=7&x=%2F&y&reason=${reason}#top`)
const goodFile = () => exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 21 })

/** What the session's timeline says about leaving. */
async function leavings(partner: Partner, sampleId: string) {
  const response = await partner.call('GET', `/api/v2/array-data-upload-form/${sampleId}`)
  const { events } = (await response.json()) as { events: { kind: string; reason: string | null }[] }
  return events.filter(({ kind }) => kind === 'left').map(({ reason }) => reason)
}

/** A link whose page is open in the browser. */
async function opened({ page, partner, site }: Scene) {
  const minted = await partner.mint({ redirect_on_failure: failed(site) })
  await page.goto(minted.url)
  await expect(pickButton(page)).toBeVisible()
  return minted
}

/** An answer of ours in place of the real one, for what cannot be had on demand. */
const problem = (status: number, reason: Reason) => ({
  status,
  // So long that waiting is no help: the page has to say so.
  headers: { 'Retry-After': '900' },
  contentType: 'application/json',
  body: JSON.stringify({ proto: 1, reason, detail: 'Made by a test.', request_id: 'test' }),
})

/** How each reason that is no fault of a file is reached on the page. A new reason without a case does not compile. */
const CASES = {
  async link_invalid({ page, partner, site }) {
    const { url } = await partner.mint({ redirect_on_failure: failed(site) })
    await page.goto(url.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')))
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
    await expect(pickButton(page)).toHaveCount(0)
    expect(page.url(), 'an invalid link redirects nobody').toContain('/array-data-upload')
  },
  async link_expired({ page, partner, service, site }) {
    const { url } = await partner.mint({ redirect_on_failure: failed(site), expires_in: 60 })
    const plain = await partner.mint({ expires_in: 60 })
    await service.advance(61)
    await page.goto(url)
    await page.waitForURL(failedFor(site, 'link_expired'))
    await page.goto(plain.url)
    await expect(page.getByRole('heading', { name: 'This link is too old' })).toBeVisible()
    await expect(pickButton(page)).toHaveCount(0)
  },
  async session_expired(scene) {
    const { sample_id } = await opened(scene)
    await scene.service.advance(901)
    await wake(scene.page)
    await scene.page.waitForURL(failedFor(scene.site, 'session_expired'))
    expect((await scene.partner.sample(sample_id)).last_status.status).toBe('consumer session expired')
  },
  async link_canceled(scene) {
    const { sample_id } = await opened(scene)
    await scene.partner.call('POST', `/api/v2/array-data-upload-form/${sample_id}/cancel`)
    await wake(scene.page)
    await scene.page.waitForURL(failedFor(scene.site, 'link_canceled'))
  },
  async already_uploaded(scene) {
    const { url, sample_id } = await opened(scene)
    const other = await scene.context.newPage()
    await other.goto(url)
    await pick(other, await goodFile())
    await expect(other.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    const sent = watchSending(scene.page)
    await pick(scene.page, await exportFile({ vendor: 'myheritage', rows: SMALL_ROWS, seed: 22 }))
    await expect(scene.page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    expect(sent, 'a second file is not even sent').toEqual([])
    expect(scene.page.url(), 'nor does it lead to the failure URL').toBe(addressOf(url, sample_id))
  },
  async user_canceled(scene) {
    const { sample_id, url } = await opened(scene)
    await scene.page.getByRole('button', { name: NAMES.back }).click()
    await scene.page.waitForURL(failedFor(scene.site, 'user_canceled'))
    expect(await leavings(scene.partner, sample_id)).toEqual(['user_canceled'])
    expect((await scene.partner.sample(sample_id)).last_status.status).toBe('consumer awaiting data')
    await scene.page.goto(url)
    await expect(pickButton(scene.page)).toBeVisible()
  },
  async file_not_ready(scene) {
    const { sample_id } = await opened(scene)
    await scene.page.getByRole('button', { name: NAMES.noFileYet }).click()
    await scene.page.getByRole('button', { name: NAMES.back }).click()
    await scene.page.waitForURL(failedFor(scene.site, 'file_not_ready'))
    expect(await leavings(scene.partner, sample_id)).toEqual(['file_not_ready'])
  },
  async network_error(scene) {
    const { page, partner, service, site } = scene
    const sent = watchSending(page)
    const { url, sample_id } = await partner.mint({ redirect_on_failure: failed(site) })
    const blocked = await withoutJSZip(page, service)
    await page.goto(url)
    await pick(page, await goodFile())
    await expect(page.getByRole('heading', { name: HEADINGS.rejectedByUs })).toBeVisible()
    await expect(refusal(page)).toContainText('The connection was lost. Your file is fine.')
    expect(blocked(), 'the reader of archives was asked for').toBeGreaterThan(0)
    expect(sent, 'without a verdict nothing is sent').toEqual([])
    await page.getByRole('button', { name: NAMES.back }).click()
    await page.waitForURL(failedFor(site, 'network_error'))
    expect(await leavings(partner, sample_id)).toEqual(['network_error'])
  },
  async service_unavailable(scene) {
    const { page, partner } = scene
    const { url, sample_id } = await partner.mint()
    await page.route('**/api/upload/open', (route) => route.fulfill(problem(503, 'service_unavailable')))
    await page.goto(url)
    await expect(page.getByRole('heading', { name: 'We have a problem on our side' })).toBeVisible()
    expect((await partner.sample(sample_id)).upload_session.state).toBe('minted')
    await page.unroute('**/api/upload/open')
    await page.getByRole('button', { name: NAMES.tryAgain }).click()
    await expect(pickButton(page)).toBeVisible()

    await page.route('**/api/upload/files', (route) => route.fulfill(problem(429, 'service_unavailable')))
    await pick(page, await goodFile())
    await expect(refusal(page)).toContainText('The upload service cannot take your file right now.')
    await page.unroute('**/api/upload/files')
    await pick(page, await goodFile())
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  },
  async internal_error(scene) {
    const { page, site, partner } = scene
    const { sample_id } = await opened(scene)
    await page.route('**/api/upload/files', (route) => route.fulfill(problem(500, 'internal_error')))
    await pick(page, await goodFile())
    await expect(page.getByRole('heading', { name: HEADINGS.rejectedByUs })).toBeVisible()
    await page.getByText('Details for support').click()
    await expect(page.getByText(sample_id), 'a reference for support').toBeVisible()
    await page.unroute('**/api/upload/files')
    await page.getByRole('button', { name: NAMES.back }).click()
    await page.waitForURL(failedFor(site, 'internal_error'))
    expect(await leavings(partner, sample_id)).toEqual(['internal_error'])
  },
} satisfies Record<Exclude<Reason, FileReason>, (scene: Scene) => Promise<void>>

/** Blocks every script that holds JSZip; answers how often one was asked for. */
async function withoutJSZip(page: Page, { origin, address }: Service): Promise<() => number> {
  let blocked = 0
  await page.route('**/_next/static/**/*.js', async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(origin, address) })
    if (!/JSZip v\d|generateNodeStream/.test(await response.text())) return route.fulfill({ response })
    blocked += 1
    return route.abort('connectionfailed')
  })
  return () => blocked
}

/** One that ends the visit by the person's wish, one by the link, and one that can be tried again; the others are left to `npm run torture`. */
const ALWAYS = ['user_canceled', 'link_expired', 'network_error']

for (const [reason, reach] of Object.entries(CASES)) {
  const tag = ALWAYS.includes(reason) ? [] : '@torture'
  test(
    `${reason}: reached on the page, and reported to the partner if allowed`,
    { tag },
    ({ page, context, partner, service, site }) => reach({ page, context, partner, service, site }),
  )
}

test('reasons of files and all others together are the whole list', () => {
  expect([...FILE_REASONS, ...Object.keys(CASES)].sort()).toEqual([...REASONS].sort())
})

for (const by of ['browser', 'server'] as const) {
  test(`a file refused by the ${by} leads straight back if the project wants it, and the link still works`, {
    tag: by === 'server' ? [] : '@torture',
  }, async ({ page, service, site }) => {
    const flags = ['--failure-redirect', 'immediate']
    // Only the server knows how many rows a project wants.
    const partner = await partnerOf(service, { rowsMin: SMALL_ROWS * 2, flags })
    const { url, sample_id } = await partner.mint({ redirect_on_failure: failed(site) })
    const [reason, file] =
      by === 'server'
        ? (['file_incomplete', await goodFile()] as const)
        : (['file_empty', { name: 'dna.zip', mimeType: 'application/zip', buffer: Buffer.alloc(0) }] as const)
    await page.goto(url)
    await pick(page, file)
    await page.waitForURL(failedFor(site, reason))
    expect(await leavings(partner, sample_id)).toEqual([reason])
    await page.goto(url)
    await expect(by === 'server' ? refusal(page) : pickButton(page)).toBeVisible()
    await pick(page, file)
    await page.waitForURL(failedFor(site, reason))
  })
}

test('without a way back to the partner, leaving ends on a page from which the visit can be continued', async ({
  page,
  partner,
}) => {
  const { url } = await partner.mint()
  await page.goto(url)
  await page.getByRole('button', { name: NAMES.stopWithoutUploading }).click()
  await expect(page.getByRole('heading', { name: HEADINGS.left })).toBeVisible()
  await page.getByRole('button', { name: NAMES.goOn }).click()
  await pick(page, await goodFile())
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})
