import type { Page } from '@playwright/test'
import { fileOf, largeExportFile } from './browser/made-files.ts'
import { HEADINGS, NAMES, pick, pickButton, refusal, wake } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'

const timer = (page: Page) => page.getByRole('timer')

test('the countdown hides above five minutes, warns aloud at two minutes and at thirty seconds, then the server decides', async ({
  page,
  partner,
  service,
}) => {
  const { url, sample_id } = await partner.mint()
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  /** Let time pass for the service, and let the page hear of it. */
  const pass = async (seconds: number) => {
    await service.advance(seconds)
    const answered = page.waitForResponse(/\/api\/upload\/state$/)
    await wake(page)
    await answered
  }
  await pass(500)
  await expect(pickButton(page)).toBeVisible()
  await expect(timer(page), 'more than five minutes are left').toHaveCount(0)
  await pass(150)
  await expect(timer(page)).toContainText(/^(3|4) minutes(, \d+ seconds?)? left to upload$/)
  await expect(refusal(page), 'no alarm yet').toHaveCount(0)
  await pass(135)
  await expect(timer(page)).toContainText('left to upload')
  await expect(refusal(page)).toHaveText(/two minutes left/i)
  await pass(88)
  await expect(refusal(page)).toHaveText(/half a minute left/i)
  await expect(pickButton(page), 'the page never decides that time is over').toBeVisible()
  await pass(60)
  await expect(page.getByRole('heading', { name: 'The time for this upload is up' })).toBeVisible()
  await expect(pickButton(page)).toHaveCount(0)
  await expect
    .poll(async () => (await partner.sample(sample_id)).last_status.status)
    .toBe('consumer session expired')
})

test('no countdown is shown while bytes arrive in time, and the warning returns after a refusal', {
  tag: '@torture',
}, async ({ page, partner, service }) => {
  const { url } = await partner.mint()
  const held = Promise.withResolvers<void>()
  await page.route('**/api/upload/files/**', async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  await service.advance(700)
  await wake(page)
  await expect(timer(page)).toBeVisible()
  await pick(page, fileOf('list.zip', Buffer.from('{"a": 1}')))
  await expect(refusal(page).first()).toBeVisible()
  await expect(timer(page)).toBeVisible()
  await pick(page, await largeExportFile(40_000, 61))
  await expect(page.getByRole('heading', { name: HEADINGS.uploading })).toBeVisible()
  await expect(timer(page)).toHaveCount(0)
  held.resolve()
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('a link opened in time keeps working after a reload, even once its own time is over', async ({
  page,
  partner,
  service,
}) => {
  const { url } = await partner.mint({ expires_in: 60 })
  await page.goto(url)
  await expect(pickButton(page)).toBeVisible()
  await service.advance(120)
  await page.reload()
  await expect(pickButton(page)).toBeVisible()
  await page.getByText('My file is on another device').click()
  await expect(page.getByText(/^It works for 1[23] minutes more\.$/)).toBeVisible()
  await expect(page.getByRole('button', { name: NAMES.noFileYet })).toBeVisible()
})
