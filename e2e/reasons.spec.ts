import { FILE_REASONS, type FileReason } from '#lib/genotype/reason.ts'
import { type FileCase, fileCases, UNREADABLE_NAME } from './browser/file-cases.ts'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import { previewWords } from './browser/preview.ts'
import { HEADINGS, NAMES, pick, pickButton, refusal, watchSending } from './browser/upload-page.ts'
import { test as base, expect } from './fixtures.ts'
import { type Partner, partnerOf } from './service/partner.ts'

interface Judging {
  cases: Record<FileReason, FileCase[]>
  /** A project for which half of a small export is too little. */
  strict: Partner
}

/** Once a worker, of which each has one service. */
const made: { [Name in keyof Judging]?: Promise<Judging[Name]> } = {}

const test = base.extend<Judging>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
  cases: async ({}, use) => {
    made.cases ??= fileCases()
    await use(await made.cases)
  },
  strict: async ({ service }, use) => {
    made.strict ??= partnerOf(service, { rowsMin: 0.8 * SMALL_ROWS })
    await use(await made.strict)
  },
})

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/**
 * Refused by the page, and by the server: after either, another file is sent and received. After the rest the page asks for
 * one, which is then no other than after these; `npm run torture` sends it after each.
 */
const RESOLVED_IN_FULL: FileReason[] = ['file_empty', 'file_modified']

test.describe.configure({ timeout: 120_000 })

/**
 * The browser cannot read files of that name: a placeholder of a cloud drive is like that. The page reads them itself,
 * as in a browser without workers: a worker's own reading cannot be made to fail from here.
 */
function failToRead(name: string): void {
  Reflect.deleteProperty(window, 'Worker')
  const read = File.prototype.arrayBuffer
  File.prototype.arrayBuffer = function () {
    const failure = new DOMException('The requested file could not be read.', 'NotReadableError')
    return this.name.endsWith(name) ? Promise.reject(failure) : read.call(this)
  }
}

for (const reason of FILE_REASONS) {
  test(`${reason}: explained in words, reported to the partner on leaving, and resolved by another file`, async ({
    page,
    strict,
    site,
    cases,
  }) => {
    expect(cases[reason].length, 'files that must be refused for this').toBeGreaterThan(0)
    if (reason === 'file_unreadable') await page.addInitScript(failToRead, UNREADABLE_NAME)
    const { url, sample_id } = await strict.mint({
      redirect_on_failure: site.place('failed', '?b=2&reason=old&a=%20x%2Fy&c#at%20all'),
    })
    const sent = watchSending(page)
    const words = previewWords(page, 'Acme Genetics')
    await page.goto(url)
    for (const [index, { name, detail, pick: files, onServer }] of cases[reason].entries()) {
      await test.step(name, async () => {
        const before = sent.length
        const named = files.map((file) => ({ ...file, name: `${index} ${file.name}` }))
        const said = await words(reason, detail)
        await pick(page, named)
        await expect(page.getByText(named[0]!.name)).toBeVisible()
        await expect(refusal(page).locator('p')).toHaveText(said)
        await expect(refusal(page)).not.toContainText('_')
        const heading = reason === 'several_files' ? 'Please choose just one file' : HEADINGS.rejected
        await expect(page.getByRole('heading', { name: heading })).toBeVisible()
        if (!onServer) expect(sent.length, 'requests with a file').toBe(before)
        else expect(sent.length, 'requests with a file').toBeGreaterThan(before)
      })
    }
    const { upload_session, last_status } = await strict.sample(sample_id)
    expect(last_status.status).toBe('consumer awaiting data')
    expect(upload_session.state).toBe('opened')
    const atServer = cases[reason].some(({ onServer }) => onServer)
    expect(upload_session.last_rejection?.reason).toBe(atServer ? reason : undefined)

    await page.getByRole('button', { name: NAMES.back }).click()
    const back = site.place('failed', `?b=2&a=%20x%2Fy&c&reason=${reason}#at%20all`)
    await page.waitForURL(back)
    expect(page.url()).toBe(back)

    await page.goto(url)
    await expect(pickButton(page)).toBeVisible()
    if (!TORTURE && !RESOLVED_IN_FULL.includes(reason)) return
    await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 5 }))
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await page.goto(url)
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(pickButton(page)).toHaveCount(0)
  })
}
