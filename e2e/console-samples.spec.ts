import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { aPerson, complaintsOf, signedIn } from './browser/console-page.ts'
import {
  expectAccessible,
  expectAccessibleAtThisSize,
  expectAccessibleInTorture,
  expectNoSidewaysScroll,
} from './browser/state-checks.ts'
import { expect, ROWS_MIN, test } from './fixtures.ts'
import { asFile, type RawExport, smallExport } from './raw/raw-export.ts'
import { openedPage, sendFile } from './raw/raw-page.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import { type Service, startService } from './service/start-service.ts'
import { startWebhookReceiver, type WebhookReceiver } from './service/webhook-receiver.ts'

const FILE = gzipSync('@read1\nACGT\n+\nIIII\n'.repeat(50))
const SCRIPT = '<img src=x onerror="document.title=1">'
/** A spreadsheet would run the one, a page that trusts its data the other. */
const NASTY_ID = '=1+1<b>bold'

let service: Service
let partner: Partner
let store: Server
let origin: string
let receiver: WebhookReceiver
let owner: Awaited<ReturnType<typeof aPerson>>
let context: BrowserContext
let page: Page
let complaints: string[]
const samples = { refused: '', done: '', poor: '', waiting: '' }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  // A service of its own: webhooks and FASTQ files of every other one may not lie on this machine.
  service = await startService({ ALLOW_PRIVATE_TARGETS: '1' })
  receiver = await startWebhookReceiver()
  partner = await partnerOf(service, { rowsMin: ROWS_MIN })
  store = createServer((_request, response) =>
    response.writeHead(206, { 'Content-Range': `bytes 0-${FILE.length - 1}/${FILE.length}` }).end(FILE),
  )
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(store.address() as AddressInfo).port}`
  owner = await aPerson(service, 'owner', 'Ada Owner')
  const signed = await signedIn(browser, service, owner)
  context = signed.context
  page = signed.page
  complaints = complaintsOf(page)
  await asPerson('POST', `project-subscriptions/${partner.projectId}`, {
    name: 'Our server',
    target: receiver.url,
    event_types: ['array_data_upload_rejected'],
  })
  await asPerson('PATCH', `projects/${partner.projectId}`, { settings: { find_same_person: true } })
  await makeSamples()
})
test.afterAll(async () => {
  await context?.close()
  store?.closeAllConnections()
  store?.close()
  await receiver?.stop()
  await service?.dispose()
})

/** A request of the console's own page, with the cookie of the person signed in. */
const asPerson = (method: string, path: string, body?: unknown, on = page): Promise<number> =>
  on.evaluate(
    async ([method, path, body]) =>
      (
        await fetch(`/api/v2/${path}`, {
          method: method!,
          headers: { 'Content-Type': 'application/json' },
          ...(body ? { body } : {}),
        })
      ).status,
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  )

async function makeSamples(): Promise<void> {
  await Promise.all(Array.from({ length: 30 }, (_, n) => partner.mint({ metadata: { order: `plain-${n}` } })))
  samples.waiting = (await partner.mint({ metadata: { order: 'XYZ-77', note: SCRIPT } })).sample_id
  const refused = await openedPage(service, partner, { metadata: { order: 'refused' } })
  samples.refused = refused.sampleId
  await sendFile(refused, asFile(new TextEncoder().encode('%PDF-1.7 and nothing like a zip')))
  await expect.poll(async () => (await refused.state()).last_rejection?.reason).toBe('not_a_zip')
  samples.done = await sendAs('done', await smallExport(5))
  samples.poor = await sendAs('poor', await smallExport(6, { vendor: 'ancestrydna', callRate: 0.5 }))
  await expect.poll(() => statusOf(samples.done)).toBe('succeeded')
  await expect.poll(() => statusOf(samples.poor)).toBe('failed qc')
}

async function sendAs(order: string, file: RawExport): Promise<string> {
  const link = await openedPage(service, partner, { metadata: { your_reference: order } })
  await sendFile(link, file)
  return link.sampleId
}

const statusOf = async (id: string) => (await partner.sample(id)).last_status.status

const heading = (name: string | RegExp, on = page) => on.getByRole('heading', { level: 1, name })
const rows = () => page.getByRole('table').locator('tbody tr')
const openPage = (path: string) => page.goto(`${service.origin}/console/${path}`)
const queryOf = (name: string) => new URL(page.url()).searchParams.get(name)
/** A4 pages of paper. */
const sheetsOf = async (printed: Page) =>
  /\/Count (\d+)/.exec((await printed.pdf({ preferCSSPageSize: true })).toString('latin1'))?.[1]
const settled = () => expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)

test('The table can be searched, filtered, sorted and paged, and its address restores all of that', async () => {
  // An address without its project, as bookmarks have it, leads to the one with it.
  await openPage(`samples?project=${partner.projectId}&order=desc`)
  await expect(rows()).toHaveCount(25)
  await expect(page).toHaveURL(`${service.origin}/console/projects/${partner.projectId}/samples?order=desc`)
  await openPage('samples')
  await expect(rows()).toHaveCount(25)
  await expect(page.getByText('1–25 of 34')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows()).toHaveCount(9)
  await page.goBack()
  await expect(rows()).toHaveCount(25)

  await page.getByLabel('Search').fill('xyz-77')
  await expect(rows()).toHaveCount(1)
  // What a stranger wrote is text.
  await expect(rows().getByText(SCRIPT.slice(0, 8))).toBeVisible()
  expect(queryOf('q')).toBe('xyz-77')
  await page.goBack()
  await expect(rows()).toHaveCount(25)
  await page.goForward()
  await expect(rows()).toHaveCount(1)
  await expect(page.getByLabel('Search')).toHaveValue('xyz-77')
  await page.getByRole('button', { name: 'Clear the filters' }).click()

  await page.getByRole('button', { name: 'More filters' }).click()
  await page.getByRole('combobox', { name: 'Reason' }).fill('Not a .zip')
  await page.getByRole('option', { name: 'Not a .zip file' }).click()
  await expect(rows()).toHaveCount(1)
  await expect(rows().getByText('Not a .zip file')).toBeVisible()
  await page.reload()
  await expect(rows()).toHaveCount(1)
  await expectAccessible(page, 'samples, filtered')
  await page.getByRole('button', { name: 'Clear the filters' }).click()

  await page.getByRole('button', { name: 'Sample', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Sample' })).toHaveAttribute('aria-sort', 'ascending')
  const inOrder = async () => {
    const ids = await rows()
      .getByText(/^[0-9a-f-]{36}$/)
      .allInnerTexts()
    return ids.length > 1 && ids.join() === ids.toSorted().join()
  }
  await expect.poll(inOrder).toBe(true)
  await openPage('samples?vendor=23andme&status=succeeded,failed+qc')
  await expect(rows()).toHaveCount(1)
  await expect(rows().getByText('done', { exact: true })).toBeVisible()
  await openPage('samples?q=nowhere-at-all')
  await expect(page.getByRole('heading', { name: 'No samples match these filters' })).toBeVisible()
  await expectAccessibleInTorture(page, 'samples, none found')
  await openPage('samples?page=402.zzz')
  await page.getByRole('button', { name: 'First page' }).click()
  await expect(rows()).toHaveCount(25)
})

test('New samples are announced, and no row moves before the person wants it', {
  tag: '@torture',
}, async () => {
  await openPage('samples')
  await expect(rows()).toHaveCount(25)
  await expectAccessibleInTorture(page, 'samples')
  const before = await rows().getByRole('link').allInnerTexts()
  const { sample_id } = await partner.mint()
  const show = page.getByRole('button', { name: 'Show them' })
  await expect(show).toBeVisible()
  expect(await rows().getByRole('link').allInnerTexts()).toEqual(before)
  await show.click()
  await expect(rows().first().getByRole('link', { name: sample_id })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search')).toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByLabel('Search')).toHaveValue('?')
  await page.keyboard.press('Escape')
  await page.getByLabel('Search').fill('')
  await page.getByLabel('Search').blur()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await expectAccessible(page, 'keys')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0)
  await showsExactTimes()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(heading(sample_id)).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/console/projects/${partner.projectId}/samples/${sample_id}$`))
})

/** By a switch that this browser remembers, and that is turned off again. */
async function showsExactTimes(): Promise<void> {
  const time = rows().first().locator('time').first()
  const exactTimes = async () => {
    await page.getByRole('button', { name: 'You and your account' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Exact times' }).click()
  }
  const year = String(new Date().getFullYear())
  await expect(time).toHaveAttribute('title', new RegExp(year))
  await expect(time).not.toContainText(year)
  await exactTimes()
  await expect(time).toContainText(year)
  await page.getByRole('button', { name: 'You and your account' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Exact times' })).toBeChecked()
  await expectAccessible(page, 'account menu')
  await page.keyboard.press('Escape')
  await exactTimes()
  await expect(time).not.toContainText(year)
}

test('A refused file is shown with its reason, try and delivery, which can be sent again', async () => {
  await openPage(`samples/${samples.refused}`)
  await expect(page.getByText('A file was refused')).toBeVisible()
  const tries = page.getByRole('table').filter({ hasText: 'Started' })
  await expect(tries.getByText('Not a .zip file (pdf)')).toBeVisible()
  await expectAccessible(page, 'sample, progress', { onPhone: true })
  await page.getByRole('tab', { name: 'Webhooks' }).click()
  await expect(page.getByText('delivered')).toBeVisible()
  const delivered = receiver.delivered.length
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => receiver.delivered.length).toBe(delivered + 1)
  expect(receiver.delivered.at(-1)!.body).toBe(receiver.delivered.at(-2)!.body)
  await expectAccessible(page, 'sample, webhooks')
})

test('A finished sample shows its quality and its deliverables', async () => {
  // Found after it was typed, when there was nothing to select.
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Where to?').fill('done')
  await expect(page.getByRole('button', { name: /^done succeeded/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(heading('done')).toBeVisible()
  await page.getByRole('tab', { name: 'Quality' }).click()
  await expect(page.getByRole('img', { name: /^Call rate of each chromosome: from/ })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'File format' })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Markers along each chromosome: / })).toBeVisible()
  await expectAccessible(page, 'sample, quality', { onPhone: true })
  expect(await sheetsOf(page)).toBe('2')
  const [report] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Open the report' }).click(),
  ])
  await expect(report.getByRole('heading', { name: 'Quality report' })).toBeVisible()
  await expect(report.getByText('Your reference done')).toBeVisible()
  expect(await sheetsOf(report)).toBe('2')
  await report.close()
  await openPage(`projects/${partner.projectId}?tab=quality`)
  await expect(page.getByRole('group', { name: /^Call rate and heterozygosity of 2 samples/ })).toBeVisible()
  await expect(page.getByText('No two samples look like one person’s')).toBeVisible()
  const dot = page.getByRole('link', { name: /^poor: call rate/ })
  for (const width of [360, 640, 1280]) {
    await page.setViewportSize({ width, height: 720 })
    const { width: wide, height: high } = (await dot.boundingBox())!
    expect(Math.min(wide, high), `a dot at ${width} px`).toBeGreaterThanOrEqual(24)
  }
  await settled()
  await expectAccessible(page, 'project, quality', { onPhone: true })
  const again = await sendAs('again', await smallExport(5))
  await expect.poll(() => statusOf(again)).toBe('succeeded')
  await page.reload()
  const pair = page.getByRole('table', { name: 'The same person twice' }).getByRole('row').nth(1)
  await expect(pair.getByRole('link', { name: 'again' })).toBeVisible()
  await expect(pair.getByRole('link', { name: 'done' })).toBeVisible()
  await expect(pair.getByRole('cell', { name: '100' })).toBeVisible()
  await openPage(`samples/${samples.done}?tab=files`)
  await expectAccessible(page, 'sample, files', { onPhone: true })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'array-zip' }).click(),
  ])
  const original = await smallExport(5)
  expect(asFile(await readFile(await download.path())).sha256).toBe(original.sha256)
  await page.getByRole('tab', { name: 'Runs' }).click()
  await expect(page.getByRole('cell', { name: 'Array export' })).toBeVisible()
  await expectAccessible(page, 'sample, runs', { onPhone: true })
})

test('A sample whose checks failed is run again, from the list and by itself, and accepted for a reason that stays', async () => {
  const failures = async () => {
    const history = await partner.call('GET', `/api/v2/sample-statuses/${samples.poor}`)
    const { results } = (await history.json()) as { results: { status: string }[] }
    return results.filter(({ status }) => status === 'failed qc').length
  }
  await openPage('samples?q=poor')
  await rows().first().getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Run again 1' }).click()
  await expect.poll(failures).toBe(2)
  await openPage(`samples/${samples.poor}`)
  await page.getByRole('button', { name: 'Run again' }).click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page, 'run again')
  await dialog.getByRole('button', { name: 'Run again' }).press('Enter')
  await expect.poll(failures).toBe(3)
  await expect(page.getByRole('main').locator(':focus')).toHaveText(/^(poor|Run again)$/)

  await page.getByRole('button', { name: 'Accept' }).click()
  await expectAccessible(page, 'accept')
  const reason = dialog.getByRole('textbox', { name: 'Reason' })
  await dialog.getByRole('button', { name: 'Accept the sample' }).click()
  await expect(reason).toBeFocused()
  expect(await statusOf(samples.poor)).toBe('failed qc')
  await reason.fill('Few calls are usual for this chip.')
  await dialog.getByRole('button', { name: 'Accept the sample' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await statusOf(samples.poor)).toBe('succeeded')
  await expect(page.getByText('Few calls are usual for this chip.').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Run again|Accept/ })).toHaveCount(0)
})

test('Metadata is edited with every digit, what is no JSON is not sent, and the search finds the new words', async () => {
  await openPage('samples?q=XYZ-77')
  await rows().getByRole('link').first().click()
  await page.getByRole('tab', { name: 'Metadata' }).click()
  const editor = page.getByRole('textbox', { name: 'Metadata' })
  await expect(editor).toHaveValue(/XYZ-77/)
  await editor.fill('{"order": nothing')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This is not JSON.')).toBeVisible()
  await keepsWhatIsTyped(editor)
  await editor.fill(`{"order":"changed-78","note":${JSON.stringify(SCRIPT)},"id":12345678901234567890}`)
  await neverOverwritesUnasked(editor)
  await savesOnceSignedInAgain(editor)
  await expect(page.getByText('The metadata was saved.')).toBeVisible()
  await expectAccessible(page, 'sample, metadata')
  await page.reload()
  await expect(editor).toHaveValue(/"id": 12345678901234567890\b/)
  await openPage('samples?q=CHANGED-78')
  await expect(rows()).toHaveCount(1)

  await openPage(`samples/${samples.waiting}`)
  await page.getByRole('button', { name: 'Hide from lists' }).click()
  await expect(page.getByRole('button', { name: 'Show in lists' })).toBeFocused()
  await openPage('samples?q=CHANGED-78')
  await expect(page.getByText('No samples match these filters')).toBeVisible()
  await page.getByRole('button', { name: 'More filters' }).click()
  await page.getByRole('combobox', { name: 'Hidden samples' }).click()
  await page.getByRole('option', { name: 'Only hidden ones' }).click()
  await expect(rows()).toHaveCount(1)
  await rows().getByRole('link').first().click()
  await page.getByRole('button', { name: 'Show in lists' }).click()
  await expect(page.getByRole('button', { name: 'Hide from lists' })).toBeVisible()
})

/** Neither a tab, nor the menu, nor Back, nor a reload takes what is typed. */
async function keepsWhatIsTyped(editor: Locator): Promise<void> {
  const typed = await editor.inputValue()
  const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
  const stay = async () => {
    await expect(leaving).toBeVisible()
    await expectAccessibleInTorture(page, 'leaving')
    await leaving.getByRole('button', { name: 'Stay here' }).click()
    await expect(leaving).toHaveCount(0)
    await expect(editor).toHaveValue(typed)
  }
  await page.getByRole('tab', { name: 'Files' }).click()
  await stay()
  const menu = page.getByRole('navigation', { name: 'Pages of the console' })
  await menu.getByRole('link', { name: 'Samples' }).click()
  await stay()
  const address = page.url()
  await page.evaluate(() => window.history.back())
  await stay()
  expect(page.url()).toBe(address)
  const asked = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => window.location.reload()))
  await (await asked).dismiss()
  await expect(editor).toHaveValue(typed)
}

/** What somebody else saved meanwhile is shown beside what is typed, before a save replaces it. */
async function neverOverwritesUnasked(editor: Locator): Promise<void> {
  const typed = await editor.inputValue()
  const theirs = { order: 'XYZ-77', paid: true }
  expect(await asPerson('POST', `sample-metadata/${samples.waiting}`, { metadata: theirs })).toBe(201)
  await page.getByRole('button', { name: 'Save' }).click()
  const saved = page.getByRole('region', { name: 'Saved by somebody else' })
  await expect(saved).toContainText('"paid": true')
  await expect(editor).toHaveValue(typed)
  const kept = await partner.call('GET', `/api/v2/sample-metadata/${samples.waiting}`)
  expect(await kept.json()).toEqual({ metadata: theirs })
  await expectAccessible(page, 'sample, metadata changed meanwhile', { onPhone: true })
}

const signInOver = async (door: Locator) => {
  await door.getByRole('textbox', { name: 'Password' }).fill(owner.password)
  await door.getByRole('button', { name: 'Sign in' }).click()
  await expect(door).toHaveCount(0)
}

/** An offline save fails at once and is not made later; an ended session is signed in again over the page. */
async function savesOnceSignedInAgain(editor: Locator): Promise<void> {
  const typed = await editor.inputValue()
  const save = page.getByRole('button', { name: 'Save' })
  await context.setOffline(true)
  await expect(page.getByText('You are offline')).toBeVisible()
  await save.click()
  await expect(page.getByText('The service could not be reached.').first()).toBeVisible()
  await expectAccessibleInTorture(page, 'offline')
  await context.setOffline(false)
  await expect(page.getByText('You are offline')).toHaveCount(0)
  await expect(page.getByText('The service could not be reached.')).toHaveCount(0)

  await context.clearCookies()
  await save.click()
  const door = page.getByRole('dialog', { name: 'Your session has ended' })
  await expectAccessible(page, 'sign in again')
  await page.keyboard.press('Control+k')
  await door.getByRole('link', { name: 'Leave this page' }).click()
  const leaving = page.getByRole('dialog', { name: 'Leave without saving?' })
  await expectAccessibleInTorture(page, 'leaving an ended session')
  await leaving.getByRole('button', { name: 'Stay here' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await signInOver(door)
  await expect(page.getByText('Sign in again, then repeat this.')).toHaveCount(0)
  await expect(editor).toHaveValue(typed)
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await save.click()
}

test('A map is checked before anything is sent, then sent row by row, and becomes samples', async () => {
  await openPage('fastqs')
  await expect(page.getByRole('heading', { name: 'No files are waiting' })).toBeVisible()
  await expectAccessible(page, 'fastqs, empty')
  await page.getByRole('link', { name: 'Import a map' }).click()
  const map = page.getByRole('textbox', { name: 'Map' })
  const line = (client: string, notation: string) =>
    `${client},${notation},${origin}/b/${encodeURIComponent(client)}-${notation}.fastq.gz`
  await map.fill(
    ['client_id,r_notation,path', line('s1', 'R1'), line('s_2', 'R3'), 's3,R1,/disk/a'].join('\n'),
  )
  await expect(page.getByText(/things are wrong, and nothing was sent/)).toBeVisible()
  await expect(page.getByRole('row', { name: /^3 .*Underscore is not allowed/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^3 .*Wrong R notation/ })).toBeVisible()
  await expectAccessible(page, 'import, faults', { onPhone: true })

  await map.fill(
    ['client_id,r_notation,path', line(NASTY_ID, 'R1'), line(NASTY_ID, 'R2'), line('left', 'R1')].join('\n'),
  )
  await page.getByRole('textbox', { name: 'Destination' }).fill('gncv://july/')
  const notSent = page.getByText('You are offline: this was not sent.')
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Send 3 files' }).click()
  await expect(notSent).toBeVisible()
  await context.setOffline(false)
  await expect(notSent).toHaveCount(0)
  await context.clearCookies()
  await page.getByRole('button', { name: 'Send the rest again' }).click()
  await signInOver(page.getByRole('dialog', { name: 'Your session has ended' }))
  await page.getByRole('button', { name: 'Send the rest again' }).click()
  await expect(page.getByText('3 of 3 files were accepted')).toBeVisible()
  await expectAccessible(page, 'import, sent')
  await page.getByRole('link', { name: 'My FASTQs' }).last().click()
  await expect(rows()).toHaveCount(2)
  await expectAccessible(page, 'fastqs', { onPhone: true })

  await page.getByRole('checkbox', { name: `Select ${NASTY_ID}` }).check()
  await page.getByRole('button', { name: 'Assign to a project' }).click()
  await expectAccessible(page, 'assign')
  // The samples are made, and the answer is lost: the same once more gets it.
  await page.evaluate(() => {
    const { fetch } = window
    window.fetch = async (...asked) => {
      if (asked[1]?.method !== 'POST') return fetch(...asked)
      window.fetch = fetch
      await fetch(...asked)
      throw new TypeError('Failed to fetch')
    }
  })
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(page.getByRole('dialog').getByText('There is no answer from the service.')).toBeVisible()
  await page.getByRole('button', { name: 'Assign', exact: true }).click()
  await expect(rows()).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'Select left' }).check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expectAccessibleInTorture(page, 'delete FASTQ files')
  await page.getByRole('button', { name: 'Delete them' }).click()
  await expect(page.getByRole('heading', { name: 'No files are waiting' })).toBeVisible()
  await page.getByText('Assigned', { exact: true }).click()
  await expectAccessibleInTorture(page, 'fastqs, assigned')
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(heading(NASTY_ID)).toBeVisible()
})

test('The export holds what the filters find, and nothing that a spreadsheet would run', async () => {
  await openPage(`samples?q=${encodeURIComponent(NASTY_ID)}`)
  await expect(rows()).toHaveCount(1)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as CSV' }).click(),
  ])
  const [header, ...lines] = parse(await readFile(await download.path()), { bom: true }) as string[][]
  expect(lines.map((cells) => cells[header!.indexOf('client_id')])).toEqual([`'${NASTY_ID}`])
})

test('Several samples are canceled at once, and those that cannot be are left alone', async () => {
  await openPage('samples?q=plain-1')
  await expect(rows()).toHaveCount(11)
  await page.getByRole('checkbox', { name: 'Pick every row on this page' }).check()
  await expect(page.getByText('11 samples picked')).toBeVisible()
  await expectAccessible(page, 'samples, picked')
  await page.getByRole('button', { name: 'Pick none' }).click()
  for (const at of [0, 1]) await rows().nth(at).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Cancel 2' }).click()
  await expectAccessibleInTorture(page, 'cancel several')
  const answered = Promise.withResolvers<void>()
  await page.route('**/project-cancel-samples/**', (route) => answered.promise.then(() => route.continue()))
  await page.getByRole('button', { name: 'Cancel 2 samples' }).click()
  await expect(page.getByText('0 of 2')).toBeVisible()
  const menu = page.getByRole('navigation', { name: 'Pages of the console' })
  await menu.getByRole('link', { name: 'Audit' }).click()
  const leaving = page.getByRole('dialog', { name: 'Stop before everything is done?' })
  await leaving.getByRole('button', { name: 'Stay here' }).click()
  answered.resolve()
  await expect(page.getByText('2 of 2 samples were canceled.')).toBeVisible()
  await expect(rows().getByText('canceled', { exact: true }).filter({ visible: true })).toHaveCount(2)

  await openPage('samples?q=plain-2')
  for (const at of [0, 1]) await rows().nth(at).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Hide 2' }).click()
  await expect(rows()).toHaveCount(9)
  await rows().first().getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete 1' }).click()
  const deletion = page.getByRole('dialog')
  await expectAccessibleInTorture(page, 'delete several')
  const typeAndDelete = async () => {
    await deletion.getByRole('textbox').fill('delete 1 sample')
    await deletion.getByRole('button', { name: 'Delete permanently' }).click()
  }
  const refuse = (status: number) =>
    page.route('**/project-delete-samples/**', (route) => route.fulfill({ status }), { times: 1 })
  await refuse(401)
  await typeAndDelete()
  await signInOver(page.getByRole('dialog', { name: 'Your session has ended' }))
  await expect(page.getByText('Not everything was done')).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete 1' }).click()
  await refuse(429)
  await typeAndDelete()
  await expect(page.getByText('0 of 1 sample was deleted.')).toBeVisible()
  await page.getByRole('button', { name: 'Delete 1' }).click()
  await typeAndDelete()
  await expect(rows()).toHaveCount(8)

  // From anywhere, by what the metadata says.
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Where to?').fill('xyz-77')
  await expect(page.getByRole('dialog').getByText('No matches')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder('Where to?')).toHaveValue('')
  await page.keyboard.press('Escape')
  // While it fades out.
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Where to?').fill('CHANGED-78')
  await expectAccessibleInTorture(page, 'palette, a sample')
  await page.getByRole('dialog').getByRole('button', { name: samples.waiting }).click()
  await expect(heading(samples.waiting)).toBeVisible()
  await expect(page).toHaveTitle(new RegExp(`^${samples.waiting} · .+ · Arraydrop console$`))
})

test('A sample is canceled, and deleted once its id is typed', async () => {
  await openPage(`samples/${samples.waiting}`)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expectAccessibleInTorture(page, 'cancel')
  await page.getByRole('button', { name: 'Cancel the sample' }).click()
  await expect(page.getByText('The sample was canceled.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page, 'delete')
  await dialog.getByRole('textbox').fill('something else')
  await dialog.getByRole('button', { name: 'Delete permanently' }).click()
  expect(await asPerson('GET', `samples/${samples.waiting}`)).toBe(200)
  await dialog.getByRole('textbox').fill(samples.waiting)
  await dialog.getByRole('button', { name: 'Delete permanently' }).click()
  await expect(heading('Samples')).toBeVisible()
  expect(await asPerson('GET', `samples/${samples.waiting}`)).toBe(404)
})

test('Insights count what happened, and the start page says what needs attention', async () => {
  await openPage('insights')
  const reasons = page.getByRole('table').filter({ hasText: 'What happened' })
  await expect(
    reasons.getByRole('row', { name: /Not a \.zip file File refused by the service 1/ }),
  ).toBeVisible()
  await expect(page.getByText('working')).toHaveCount(5)
  await settled()
  await expectAccessible(page, 'insights', { onPhone: true })
  await openPage('')
  await expect(page.getByRole('heading', { name: /^What needs attention/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: /^First steps in .* of 4 done$/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Latest samples' }).getByRole('link')).not.toHaveCount(0)
  await settled()
  await expectAccessible(page, 'start', { onPhone: true })
  // Of two links in a row the second is followed, in one step.
  const start = page.url()
  await page.evaluate(
    (names) => {
      const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')]
      for (const name of names) links.find((link) => link.textContent.includes(name))!.click()
    },
    ['Samples', 'Insights'],
  )
  await expect(heading('Insights')).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(start)
  // And one that is pressed at the moment at which the one before is shown.
  await page.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')]
    const press = (name: string) => links.find((link) => link.textContent.includes(name))!.click()
    const { pushState } = window.history
    window.history.pushState = (...shown) => {
      window.history.pushState = pushState
      window.history.pushState(...shown)
      press('Insights')
    }
    press('Samples')
  })
  await expect(heading('Insights')).toBeVisible()
})

test('No page is wider than a phone, and none of them ran what strangers wrote', async () => {
  // The others have been looked at where they were open.
  await openPage('samples')
  await settled()
  for (const { width, height, name } of [
    { width: 360, height: 740, name: 'samples' },
    // A desktop at twice the size.
    { width: 640, height: 400, name: 'samples at 200 %' },
  ]) {
    await page.setViewportSize({ width, height })
    await expectNoSidewaysScroll(page, name)
    await expectAccessibleAtThisSize(page, name)
  }
  await openPage('nothing/at/all')
  await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the menu' })).toBeVisible()
  await expectAccessible(page, 'no page')
  expect(complaints).toEqual([])
})

test('A viewer sees all of it and changes nothing, neither by the page nor by a request', async ({
  browser,
}) => {
  const viewer = await aPerson(service, 'viewer')
  const { context: other, page: theirs } = await signedIn(
    browser,
    service,
    viewer,
    `/console/projects/${partner.projectId}/samples/${samples.refused}`,
  )
  await expect(heading(samples.refused, theirs)).toBeVisible()
  for (const name of ['Cancel', 'Delete', 'Send again']) {
    await expect(theirs.getByRole('button', { name })).toHaveCount(0)
  }
  await theirs.getByRole('tab', { name: 'Metadata' }).click()
  await expect(theirs.getByText('"refused"')).toBeVisible()
  await expect(theirs.getByRole('textbox', { name: 'Metadata' })).toHaveCount(0)
  await theirs.goto(`${service.origin}/console/fastqs?status=all`)
  await expect(theirs.getByRole('table')).toBeVisible()
  await expect(theirs.getByRole('link', { name: 'Import a map' })).toHaveCount(0)
  await expect(theirs.getByRole('button', { name: /Assign|Delete/ })).toHaveCount(0)
  const ids = { sample_ids: [samples.refused] }
  for (const [method, path, body] of [
    ['POST', `project-cancel-samples/${partner.projectId}`, ids],
    ['DELETE', `project-delete-samples/${partner.projectId}`, ids],
    ['POST', `sample-metadata/${samples.refused}`, { metadata: {} }],
    ['POST', `project-samples/${partner.projectId}`, { uploads: [] }],
    ['POST', 'uploads-url/', {}],
  ] as const) {
    expect(await asPerson(method, path, body, theirs), path).toBe(403)
  }
  await other.close()
})
