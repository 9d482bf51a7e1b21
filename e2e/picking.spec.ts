import type { Page } from '@playwright/test'
import { exportFile, fileOf, type PickedFile, SMALL_ROWS } from './browser/made-files.ts'
import { addressOf, HEADINGS, NAMES, pick, pickButton, refusal, watchSending } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'

const goodFile = (seed: number) => exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed })

/** What the browser does when files are dropped on, or pasted into, an element. */
async function giveTo(
  page: Page,
  selector: string,
  how: 'drop' | 'paste',
  files: PickedFile[],
): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    text: buffer.toString('base64'),
  }))
  await page
    .locator(selector)
    .first()
    .evaluate(
      (element, { how, given }) => {
        const transfer = new DataTransfer()
        for (const { name, mimeType, text } of given) {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
          transfer.items.add(new File([bytes], name, { type: mimeType }))
        }
        const common = { bubbles: true, cancelable: true }
        if (how === 'paste') {
          element.dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: transfer }))
          return
        }
        for (const type of ['dragenter', 'dragover', 'drop']) {
          element.dispatchEvent(new DragEvent(type, { ...common, dataTransfer: transfer }))
        }
      },
      { how, given },
    )
}

test('a file is taken wherever on the page it is dropped, and when it is pasted', {
  tag: '@torture',
}, async ({ page, partner }) => {
  const { url, sample_id } = await partner.mint()
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  // On the heading, beside the page, and on the note below: each is read and judged.
  for (const selector of ['h1', 'body', 'footer']) {
    const tree = fileOf(`dropped on ${selector}.zip`, Buffer.from('0 HEAD'))
    await giveTo(page, selector, 'drop', [tree])
    await expect(page.getByText(tree.name)).toBeVisible()
    await expect(refusal(page)).toBeVisible()
    expect(page.url()).toBe(addressOf(url, sample_id))
  }
  await giveTo(page, 'body', 'paste', [await goodFile(42)])
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('two files at once are refused as two, and one of them alone is taken', async ({
  page,
  partner,
  site,
}) => {
  const { url } = await partner.mint({ redirect_on_failure: site.place('failed') })
  const sent = watchSending(page)
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  const both = [await goodFile(43), await goodFile(44)]
  await giveTo(page, 'main', 'drop', both)
  await expect(refusal(page)).toContainText('You chose more than one file.')
  expect(sent).toEqual([])
  await page.getByRole('button', { name: NAMES.back }).click()
  await page.waitForURL(site.place('failed', '?reason=several_files'))
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  await giveTo(page, 'main', 'drop', both.slice(1))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('a file is accepted by its bytes, not by its name or type', async ({ page, partner }) => {
  const { url } = await partner.mint()
  await page.goto(url)
  await pick(page, fileOf('genome.zip', Buffer.from('<!DOCTYPE html><html lang="en"></html>')))
  await expect(refusal(page)).toContainText('This is a saved web page')
  await page.getByRole('button', { name: NAMES.cannotSelect }).click()
  await expect(page.locator('input[type=file]')).not.toHaveAttribute('accept')
  await pick(page, { ...(await goodFile(45)), name: 'dna', mimeType: 'application/x-unknown' })
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('a drop during a transfer neither disturbs it nor leaves the page', { tag: '@torture' }, async ({
  page,
  partner,
}) => {
  const { url, sample_id } = await partner.mint()
  await page.goto(url)
  const held = Promise.withResolvers<void>()
  await page.route('**/api/upload/files/**', async (route) => {
    await held.promise
    await route.continue()
  })
  await pick(page, await goodFile(46))
  await expect(page.getByRole('heading', { name: HEADINGS.uploading })).toBeVisible()
  const other = await exportFile({ vendor: 'myheritage', rows: SMALL_ROWS, seed: 47 })
  for (const [selector, how] of [
    ['body', 'drop'],
    ['main', 'drop'],
    ['body', 'paste'],
  ] as const) {
    await giveTo(page, selector, how, [other])
  }
  held.resolve()
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
  expect((await partner.sample(sample_id)).upload_session.vendor).toBe('23andme')
})

test('the whole journey works with the keyboard alone, and the focus follows what happens', async ({
  page,
  partner,
}) => {
  const { url } = await partner.mint()
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  await pressOn(page, NAMES.noFileYet)
  await expect(page.locator('h1')).toBeFocused()
  await pressOn(page, 'I have it after all')
  await expect(page.locator('h1')).toBeFocused()

  await choose(page, fileOf('tree.zip', Buffer.from('0 HEAD')))
  await expect(refusal(page)).toBeVisible()
  await expect(page.locator('h1')).toBeFocused()
  await choose(page, await goodFile(48))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

/** Tab until the control has the focus, at most 30 times, then press Enter. */
async function pressOn(page: Page, name: string | RegExp): Promise<void> {
  const control = page.getByRole('button', { name })
  for (let presses = 0; presses < 30; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
  await page.keyboard.press('Enter')
}

async function choose(page: Page, file: PickedFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await pressOn(page, /^Choose (my|another|the)/)
  await (await chooser).setFiles(file)
}
