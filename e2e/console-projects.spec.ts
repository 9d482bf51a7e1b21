import type { BrowserContext, Page } from '@playwright/test'
import { aPerson, complaintsOf, signedIn } from './browser/console-page.ts'
import { exportFile, SMALL_ROWS } from './browser/made-files.ts'
import { expectAccessible, expectAccessibleInTorture } from './browser/state-checks.ts'
import { pick } from './browser/upload-page.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Service, startService } from './service/start-service.ts'
import { startWebhookReceiver, verifySignatures, type WebhookReceiver } from './service/webhook-receiver.ts'

const SCRIPT = '<img src=x onerror="document.title=1">'
/** With one word that is wider than a phone. */
const PROJECT = `Northlight ${SCRIPT} Universitätskinderklinikum`

let service: Service
let receiver: WebhookReceiver
let context: BrowserContext
let page: Page
let complaints: string[]
let projectId: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  // A service of its own: webhooks of every other one may not lie on this machine.
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  receiver = await startWebhookReceiver()
  const owner = await aPerson(service, 'owner', 'Ada Owner')
  const signed = await signedIn(browser, service, owner, '/console/projects')
  context = signed.context
  page = signed.page
  complaints = complaintsOf(page)
})
test.afterAll(async () => {
  await context?.close()
  await receiver?.stop()
  await service?.dispose()
})

const heading = (name: string | RegExp, on = page) => on.getByRole('heading', { level: 1, name })
const openPage = (path: string, on = page) => on.goto(`${service.origin}/console/${path}`)
const dialog = () => page.getByRole('dialog')
const button = (name: string | RegExp) => page.getByRole('button', { name })
const chosenColour = (of: Page) =>
  of.evaluate(() => document.documentElement.style.getPropertyValue('--accent-light'))

test('A project is made, its settings are saved, and what is wrong with one stands at its field', async () => {
  await expect(page.getByRole('table')).toBeVisible()
  await expectAccessible(page, 'projects')
  await button('New project').click()
  await dialog().getByLabel('Name').fill(PROJECT)
  await expectAccessible(page, 'new project')
  await button('Create the project').click()
  await expect(heading(PROJECT)).toBeVisible()
  projectId = new URL(page.url()).pathname.split('/').at(-1)!
  await expectAccessible(page, 'project', { onPhone: true })

  await page.getByRole('tab', { name: 'Settings' }).click()
  await expect(page).toHaveTitle(/^Settings · Northlight .+ · Arraydrop console$/)
  await page.getByLabel('Fewest rows').fill(String(ROWS_MIN))
  await page.getByLabel('Call rate, at least').fill('85')
  await page.getByRole('combobox', { name: 'Allowed redirect origins' }).fill('https://clinic.example/path')
  await page.getByLabel('Forgiving').check()
  await button('Save').click()
  await expect(page.getByText('Enter an origin.')).toBeVisible()
  await expect(page.getByText('one field needs another look')).toBeVisible()
  await expectAccessible(page, 'settings', { onPhone: true })
  await page.getByRole('combobox', { name: 'Allowed redirect origins' }).press('Backspace')
  await button('Save').click()
  await expect(page.getByText('The settings were saved.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Call rate, at least')).toHaveValue('85 %')
  await expect(page.getByLabel('Forgiving')).toBeChecked()

  // What another owner saved a moment before is shown, not replaced.
  await page.getByRole('tab', { name: 'Overview' }).click()
  const description = page.getByRole('textbox', { name: 'Description' })
  await description.fill('mine')
  expect(await patchProject({ description: 'theirs' })).toBe('theirs')
  await button('Save').click()
  await expect(page.getByText('Changed meanwhile')).toBeVisible()
  await expect(description).toHaveValue('mine')
  expect(await patchProject({})).toBe('theirs')
  await button('Save').click()
  await expect(page.getByText('The project was saved.')).toBeVisible()
  expect(await patchProject({})).toBe('mine')
})

/** A change by another page of the same person; returns the description. */
const patchProject = (change: object): Promise<string> =>
  page.evaluate(
    async ([id, body]) => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await fetch(`/api/v2/projects/${id}`, { method: 'PATCH', headers, body: body! })
      return (await answer.json()).description
    },
    [projectId, JSON.stringify(change)],
  )

test('A brand is previewed while it is chosen, and an unreadable colour comes with a readable suggestion', {
  tag: '@torture',
}, async () => {
  await openPage(`projects/${projectId}?tab=brand`)
  const shown = page.frameLocator('iframe')
  await expect(shown.getByRole('heading', { name: /^Send your DNA file to Northlight/ })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Northlight Health')
  await expect(shown.getByRole('heading', { name: 'Send your DNA file to Northlight Health' })).toBeVisible()
  await page.getByLabel('Colour on light').fill('#ffee00')
  await expect(page.getByText('#ffee00 cannot be read on our light page')).toBeVisible()
  await button(/^Use #/).click()
  await page.getByLabel('Colour on light').fill('#1d4ed8')
  await expect(page.getByText(/^Contrast 5/)).toBeVisible()
  const frame = page.frames().find((each) => each.url().endsWith('/console/preview/brand'))!
  const accent = () => frame.evaluate(() => document.documentElement.style.getPropertyValue('--accent-light'))
  await expect.poll(accent).toBe('#1d4ed8')
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await expect(shown.getByRole('heading', { name: /DNA.*Northlight Health/ })).toBeVisible()
  await expectAccessible(page, 'brand', { onPhone: true })
  await keepsWhatIsTypedDuringASave()
  await button('Save').click()
  await expect(page.getByText('The settings were saved.').last()).toBeVisible()
})

/** What is typed while a save is under way stays, and is not taken for saved. */
async function keepsWhatIsTypedDuringASave(): Promise<void> {
  const name = page.getByLabel('Name', { exact: true })
  const path = `**/api/v2/projects/${projectId}`
  const { promise: typed, resolve: release } = Promise.withResolvers<void>()
  await page.route(path, async (route) => {
    if (route.request().method() === 'PATCH') await typed
    await route.continue()
  })
  const sent = page.waitForRequest(path)
  await button('Save').click()
  await sent
  await name.fill('Northlight Health typed on')
  release()
  await expect(page.getByText('The settings were saved.')).toBeVisible()
  await page.unroute(path)
  await expect(name).toHaveValue('Northlight Health typed on')
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await name.fill('Northlight Health')
  await expect(page.getByText('All saved')).toBeVisible()
  await page.getByLabel('Purpose').first().fill('We work out which medicines suit you.')
}

test('A link made by hand is followed from the console until the file of it is analysed', {
  tag: '@torture',
}, async ({ browser }) => {
  await openPage(`new-session?project=${projectId}`)
  await expect(page.getByText(`in the project ${PROJECT}`)).toBeVisible()
  await expect(page).toHaveURL(`${service.origin}/console/projects/${projectId}/new-session`)
  await page.getByLabel('Your reference').fill('order-4711')
  await page.getByLabel('Metadata').fill('{"visit": nothing')
  await button('Create the link').click()
  await expect(page.getByText('This is not JSON.')).toBeVisible()
  await page.getByLabel('Metadata').fill(JSON.stringify({ note: SCRIPT }))
  await page.getByLabel('Afterwards, go to').fill('http://elsewhere.example/')
  await button('Create the link').click()
  await expect(page.getByText('A redirect URL must use https.')).toBeVisible()
  await expectAccessible(page, 'new session', { onPhone: true })
  await page.getByLabel('Afterwards, go to').fill('')
  await button('Create the link').click()

  const url = await page.getByRole('region', { name: 'Upload link' }).innerText()
  await expect(page.getByRole('img', { name: 'QR code of the upload link' })).toBeVisible()
  await expect(page.getByText('left to open it')).toBeVisible()
  await expectAccessible(page, 'the link')
  const menu = page.getByRole('navigation', { name: 'Pages of the console' })
  await menu.getByRole('link', { name: 'Samples' }).click()
  await page
    .getByRole('dialog', { name: 'Leave without the link?' })
    .getByRole('button', { name: 'Stay here' })
    .click()
  // As another person, without a cookie of the console.
  const person = await browser.newContext()
  const upload = await person.newPage()
  await upload.goto(url)
  await expect(upload.getByRole('heading', { name: 'Send your DNA file to Northlight Health' })).toBeVisible()
  expect(await chosenColour(upload)).toBe('#1d4ed8')
  await expect(page.getByText('left to upload')).toBeVisible()
  await pick(upload, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 6 }))
  await expect(upload.getByRole('heading', { name: 'Northlight Health has your file' })).toBeVisible()
  await person.close()
  const state = page.getByRole('region', { name: 'What happens' }).getByRole('status')
  await expect(state).toHaveText(/succeeded|failed qc/)
  await expectAccessibleInTorture(page, 'the link, used')
  await page.getByRole('link', { name: 'Open the sample' }).click()
  await expect(heading('order-4711')).toBeVisible()
  await page.getByRole('tab', { name: 'Metadata' }).click()
  await expect(page.getByRole('textbox', { name: 'Metadata' })).toHaveValue(/order-4711/)

  await openPage(`new-session?project=${projectId}`)
  await button('Create the link').click()
  await button('Cancel the link').click()
  await expectAccessibleInTorture(page, 'cancel the link')
  await dialog().getByRole('button', { name: 'Cancel the link' }).click()
  await expect(state).toHaveText('canceled')
})

test('A key is shown once, works as it was limited, and no more once it is revoked', async () => {
  await openPage('api-keys')
  await button('Generate new API key').first().click()
  await dialog().getByLabel('Name').fill(`Orders ${SCRIPT}`)
  await dialog().getByRole('combobox', { name: 'Networks' }).fill('not-a-network')
  await expectAccessible(page, 'new key')
  await button('Generate the key').click()
  await expect(page.getByText(/CIDR notation/)).toBeVisible()
  await dialog().getByRole('combobox', { name: 'Networks' }).press('Backspace')
  await dialog().getByLabel('Requests a minute').fill('30')
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await page.route('**/user-api-keys/', (route) => held.then(() => route.continue()), { times: 1 })
  await button('Generate the key').click()
  // On its way it is closed by nothing: the key would be made and never seen.
  await expect(dialog().getByText('Sending …')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button('Cancel')).toBeDisabled()
  letGo()
  const key = await dialog().locator('pre').first().innerText()
  await expectAccessible(page, 'the key')
  await page.keyboard.press('Escape')
  const asked = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => window.history.back()))
  await (await asked).dismiss()
  await button('I have stored it').click()
  const ask = () =>
    sendRequest(service.address, {
      method: 'GET',
      path: '/api/v2/user/',
      headers: { Authorization: `Api-Key ${key}` },
    })
  expect((await ask()).status).toBe(200)
  const row = page.getByRole('row').filter({ hasText: 'Orders <img' })
  await expect(row).toContainText('30 requests a minute')
  await expect(row).toContainText(key.slice(0, 8))
  expect(await page.content()).not.toContain(key)
  await expectAccessible(page, 'keys', { onPhone: true })
  await row.getByRole('button', { name: /^Revoke/ }).click()
  await expectAccessibleInTorture(page, 'revoke')
  await button('Revoke the key').press('Enter')
  await expect(row).toHaveCount(0)
  await expect(heading(/API keys/)).toBeFocused()
  expect((await ask()).status).toBe(401)
})

test('A webhook is made with a secret, tried, looked at, and sent again, singly and by time', async () => {
  await openPage(`webhooks?project=${projectId}`)
  await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible()
  await expectAccessible(page, 'no webhooks')
  await button('New webhook').first().click()
  await dialog().getByLabel('Address').fill('ftp://partner.example/')
  await expect(dialog().getByLabel('analysis_complete_v2')).toBeChecked()
  await expectAccessible(page, 'new webhook')
  await button('Create the webhook').click()
  await expect(dialog().getByText(/http/)).not.toHaveCount(0)
  await dialog().getByLabel('Address').fill(receiver.url)
  await dialog().getByLabel('Name').fill(`Hook ${SCRIPT}`)
  await button('Create the webhook').click()
  const secret = await dialog().locator('pre').first().innerText()
  await expectAccessible(page, 'secret')
  // It cannot be shown again: no key closes it.
  await page.keyboard.press('Escape')
  await expect(dialog().locator('pre').first()).toHaveText(secret)
  await button('I have stored it').click()
  await expect(heading(`Hook ${SCRIPT}`)).toBeVisible()

  await button('Send a test event').click()
  await expectAccessibleInTorture(page, 'test event')
  await page.getByRole('menuitem', { name: 'analysis_complete_v2' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'delivered' })).toHaveCount(1)
  verifySignatures(secret, receiver.delivered[0]!)
  await expectAccessible(page, 'deliveries')
  await button('View').click()
  await expect(page.getByRole('region', { name: 'Request body' })).toContainText('analysis_complete_v2')
  await expect(dialog().getByText('Response 200')).toBeVisible()
  await dialog().getByText('Attempt 1 in full').click()
  await expect(dialog().getByRole('region', { name: 'Request headers' })).toContainText('webhook-signature')
  const signed = await dialog().getByRole('region', { name: 'Signed as webhook-signature' }).innerText()
  await expectAccessibleInTorture(page, 'delivery')
  expect(signed.endsWith(`.${receiver.delivered[0]!.body}`)).toBe(true)
  await page.keyboard.press('Escape')
  await expect(dialog()).toHaveCount(0)
  await button('Send again').click()
  await expect.poll(() => receiver.delivered.length).toBe(2)
  expect(receiver.delivered[1]!.body).toBe(receiver.delivered[0]!.body)
  await button('Send a period again').click()
  await expectAccessibleInTorture(page, 'send a period again')
  await dialog().getByLabel('From').fill('2020-01-01T00:00')
  await dialog().getByRole('combobox', { name: 'Which' }).click()
  await page.getByRole('option', { name: /^Everything/ }).click()
  await dialog().getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => receiver.delivered.length).toBe(3)
  await page.getByRole('tab', { name: 'Settings' }).click()
  await expectAccessible(page, 'webhook settings')
  await page.getByRole('tab', { name: 'Secret and verification' }).click()
  await expectAccessible(page, 'checking')
  await button('Switch off').click()
  await expect(page.getByText('Switched off', { exact: true })).toBeVisible()
  await expect(button('Switch on')).toBeFocused()
  await expect(button('Send a test event')).toHaveCount(0)
  await expectAccessibleInTorture(page, 'webhook, off')
})

test('Actions that end many things at once ask for the project’s name first', async () => {
  // A hidden one goes with the others.
  await page.evaluate(async (id) => {
    const headers = { 'Content-Type': 'application/json' }
    const listed = await fetch(`/api/v2/project-samples/${id}?limit=1`)
    const { results } = (await listed.json()) as { results: { id: string }[] }
    const body = JSON.stringify({ sample_ids: results.map((sample) => sample.id) })
    await fetch(`/api/v2/project-hide-samples/${id}`, { method: 'POST', headers, body })
  }, projectId)
  await openPage(`projects/${projectId}?tab=danger`)
  await expectAccessible(page, 'danger zone', { onPhone: true })
  await button('Delete all samples').click()
  await expectAccessibleInTorture(page, 'delete all samples')
  await dialog().getByRole('textbox').fill(PROJECT)
  await dialog().getByRole('button', { name: 'Delete all samples' }).click()
  // What came of it, not the words that say so for four seconds.
  const left = () =>
    page.evaluate(async (id) => {
      const answer = await fetch(`/api/v2/project-samples/${id}?limit=1&hidden_status=all`)
      return ((await answer.json()) as { meta: { count: number } }).meta.count
    }, projectId)
  await expect.poll(left).toBe(0)
})

test('No page is wider than a phone, and none of them ran what strangers wrote', async () => {
  // The others have been looked at where they were open.
  await page.setViewportSize({ width: 360, height: 740 })
  for (const path of ['projects', 'webhooks']) {
    await openPage(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, path).toBeLessThanOrEqual(0)
  }
  expect(complaints).toEqual([])
})

test('A viewer changes nothing, neither by a page nor by a request', { tag: '@torture' }, async ({
  browser,
}) => {
  const viewer = await aPerson(service, 'viewer')
  const seen = await signedIn(browser, service, viewer, `/console/projects/${projectId}`)
  await expect(heading(PROJECT, seen.page)).toBeVisible()
  // The menu stays in the project of the page, which is not the default one.
  await expect(seen.page.getByRole('combobox', { name: 'Project' })).toHaveValue(PROJECT)
  const menu = seen.page.getByRole('navigation', { name: 'Pages of the console' })
  await expect(menu.getByRole('link', { name: 'Samples' })).toHaveAttribute(
    'href',
    `/console/projects/${projectId}/samples`,
  )
  await openPage('projects/00000000-0000-4000-8000-000000000000/samples', seen.page)
  await expect(seen.page.getByRole('heading', { name: 'There is no project at this address' })).toBeVisible()
  await openPage(`projects/${projectId}`, seen.page)
  await expect(seen.page.getByRole('link', { name: 'New upload session' })).toHaveCount(0)
  await expect(seen.page.getByRole('tab', { name: 'Danger zone' })).toHaveCount(0)
  await seen.page.getByRole('tab', { name: 'Settings' }).click()
  await expect(seen.page.getByLabel('Fewest rows')).toBeDisabled()
  await expect(seen.page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await openPage(`webhooks?project=${projectId}`, seen.page)
  await seen.page.getByRole('link', { name: /^Hook/ }).click()
  await expect(seen.page.getByRole('tab', { name: 'Deliveries' })).toBeVisible()
  await expect(seen.page.getByRole('button', { name: /Send|Switch|Delete/ })).toHaveCount(0)
  const subscription = new URL(seen.page.url()).pathname.split('/').at(-1)
  for (const [method, path, status] of [
    ['POST', 'projects/', 403],
    ['PATCH', `projects/${projectId}`, 403],
    ['POST', 'array-data-upload-form/', 403],
    ['POST', `project-subscriptions/${projectId}`, 403],
    ['PATCH', `project-subscription-details/${subscription}`, 403],
    ['POST', `project-subscription-secret/${subscription}`, 403],
    ['POST', `project-subscription-test/${subscription}`, 403],
    ['POST', `project-subscription-resend/${subscription}`, 403],
    ['DELETE', `project-subscription-details/${subscription}`, 403],
    ['DELETE', `user-api-keys/${projectId}`, 404],
  ] as const) {
    expect(await asPerson(seen.page, method, path), `${method} ${path}`).toBe(status)
  }
  await seen.context.close()
})

/** A request of the console's own page, with the cookie of the person signed in. */
const asPerson = (on: Page, method: string, path: string): Promise<number> =>
  on.evaluate(
    async ([method, path]) =>
      (
        await fetch(`/api/v2/${path}`, {
          method: method!,
          headers: { 'Content-Type': 'application/json' },
          body: '{}',
        })
      ).status,
    [method, path],
  )

test('A test project is one from the dialog on, and console and upload page say so', {
  tag: '@torture',
}, async ({ browser }) => {
  await openPage('projects')
  await button('New project').click()
  await dialog().getByLabel('Name').fill('Trials')
  await dialog().getByLabel('Test project').check()
  await button('Create the project').click()
  await expect(heading('Trials')).toBeVisible()
  await expect(page.getByText('This is a test project')).toBeVisible()
  await expectAccessible(page, 'test project')
  const trials = new URL(page.url()).pathname.split('/').at(-1)!
  await openPage(`new-session?project=${trials}`)
  await expect(page.getByText('in the project Trials')).toBeVisible()
  await button('Create the link').click()
  const url = await page.getByRole('region', { name: 'Upload link' }).innerText()
  const person = await browser.newContext({ locale: 'de-DE' })
  const upload = await person.newPage()
  await upload.goto(url)
  await expect(upload.getByText('Dies ist ein Test.')).toBeVisible()
  await expectAccessible(upload, 'test link')
  await person.close()
})
