import type { Page } from '@playwright/test'
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
 * Files of one reason that are chosen here, beside those that only the server refuses. Which file has which reason and
 * detail is asked of every one of them beside the readers (lib/genotype, components/upload/reading), and every detail has
 * its words in the preview; `npm run torture` chooses all of them.
 */
const CHOSEN_OF_A_REASON = TORTURE ? Number.POSITIVE_INFINITY : 1

test.describe.configure({ timeout: 400_000 })

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

/** Reasons that the server finds as well, at the end of a file or in the whole of it. */
const AT_SERVER: FileReason[] = [
  'zip_damaged',
  'vendor_unsupported',
  'file_modified',
  'file_incomplete',
  'build_unsupported',
]

/** Some of the files of a reason: different faults, and always what only the server can find. */
function chosenOf(all: FileCase[]): FileCase[] {
  const atServer = all.filter(({ onServer }) => onServer)
  const onPage = all.filter(({ onServer }) => !onServer)
  // From all over the list, which begins with what is most alike.
  const step = Math.max(1, onPage.length / CHOSEN_OF_A_REASON)
  return [...onPage.filter((_, index) => index % step < 1), ...atServer]
}

/** Chooses files of a reason on the page of a link: each is explained, and sent only if the server has to judge it. */
async function expectExplained(page: Page, reason: FileReason, chosen: FileCase[]): Promise<void> {
  expect(chosen.length, 'files that must be refused for this').toBeGreaterThan(0)
  const sent = watchSending(page)
  const words = previewWords(page, 'Acme Genetics')
  for (const [index, { name, detail, pick: files, onServer }] of chosen.entries()) {
    await test.step(`${reason}: ${name}`, async () => {
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
}

/** Found by the page, and by the server: `npm test` goes the way out of a refusal from either, and leaves the other reasons to `npm run torture`. */
const ALWAYS: FileReason[] = ['not_a_zip', 'file_incomplete']

/** Reasons of files that one test goes through on one link, of which each takes some seconds. */
const TOGETHER: FileReason[][] = TORTURE
  ? FILE_REASONS.map((reason) => [reason])
  : [
      ALWAYS,
      // The page of this one has no worker.
      ['file_unreadable'],
      // The last one is found by the page, and by the server in the last groups: another file is taken after either.
      FILE_REASONS.filter((reason) => ![...ALWAYS, ...AT_SERVER, 'file_unreadable'].includes(reason)),
      // On a link of its own what has most files: a link takes 60 requests a minute, and refuses a leaving beyond them.
      AT_SERVER.filter((reason) => ![...ALWAYS, 'file_modified'].includes(reason)),
      ['file_modified'],
    ]

for (const reasons of TOGETHER) {
  const tag = reasons === TOGETHER[0] ? [] : '@torture'
  test(`${reasons.join(', ')}: explained in words, reported to the partner on leaving, and resolved by another file`, {
    tag,
  }, async ({ page, strict, site, cases }) => {
    if (reasons.includes('file_unreadable')) await page.addInitScript(failToRead, UNREADABLE_NAME)
    const { url, sample_id } = await strict.mint({
      redirect_on_failure: site.place('failed', '?b=2&reason=old&a=%20x%2Fy&c#at%20all'),
    })
    await page.goto(url)
    let refusedByServer: FileReason | undefined
    for (const reason of reasons) {
      const chosen = chosenOf(cases[reason])
      await expectExplained(page, reason, chosen)
      if (chosen.some(({ onServer }) => onServer)) refusedByServer = reason
      const { upload_session, last_status } = await strict.sample(sample_id)
      expect(last_status.status).toBe('consumer awaiting data')
      expect(upload_session.state).toBe('opened')
      expect(upload_session.last_rejection?.reason).toBe(refusedByServer)

      await page.getByRole('button', { name: NAMES.back }).click()
      const back = site.place('failed', `?b=2&a=%20x%2Fy&c&reason=${reason}#at%20all`)
      await page.waitForURL(back)
      expect(page.url()).toBe(back)
      await page.goto(url)
      await expect(pickButton(page)).toBeVisible()
    }
    await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 5 }))
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await page.goto(url)
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(pickButton(page)).toHaveCount(0)
  })
}

test('the tests above go through every reason', () => {
  expect(TOGETHER.flat().sort()).toEqual([...FILE_REASONS].sort())
})
