import type { Page } from '@playwright/test'
import {
  aPerson,
  appCode,
  complaintsOf,
  type Person,
  signedIn,
  typePassword,
} from './browser/console-page.ts'
import { expectAccessible, expectAccessibleInTorture } from './browser/state-checks.ts'
import { expect, test } from './fixtures.ts'
import { keepDoctorReport } from './raw/keep-doctor-report.ts'
import { sendRequest } from './raw/send-request.ts'
import { type Service, startService } from './service/start-service.ts'

const PASSWORD = 'a few words are enough'

/** The link that is printed when the service has started, which is shortly after it is ready. */
async function printedLink(service: Service): Promise<string> {
  const links = () => service.output().match(/http\S+\/console\/first-owner\?token=\S+(?=\s)/g) ?? []
  await expect.poll(() => links().length, 'a link for the first owner was printed').toBeGreaterThan(0)
  return links().at(-1)!
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

let owner: Person
test.beforeAll(async ({ service }) => {
  owner = await aPerson(service, 'owner', 'Ada Owner')
})

test('The first owner comes by the printed link, which works once', async ({ browser }) => {
  // One of its own: where there is an owner, no link is printed.
  const service = await startService()
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  const link = await printedLink(service)
  await page.goto(link)
  await expectAccessible(page, 'first owner')
  await page.getByLabel('Your name').fill('Ada Owner')
  await page.getByLabel('Email address').fill('ada@clinic.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('too short')
  await page.getByRole('button', { name: 'Become the owner' }).click()
  await expect(page.getByText('At least 12 characters', { exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Become the owner' }).click()
  await expect(heading(page, 'Hello, Ada')).toBeVisible()

  const other = await browser.newPage()
  await other.goto(link)
  await expect(heading(other, 'This link no longer works')).toBeVisible()
  await expectAccessibleInTorture(other, 'used link')
  expect(complaints).toEqual([])
  await page.close()
  await other.close()

  // A flood of tries is refused at once, and keeps the person out for a minute at most.
  const send = (path: string, fields: object) =>
    sendRequest(service.address, {
      method: 'POST',
      path: `/api/auth/${path}`,
      headers: { Origin: service.origin, 'Content-Type': 'application/json' },
      body: JSON.stringify(fields),
    })
  const email = 'ada@clinic.example'
  const flood = await Promise.all([
    ...Array.from({ length: 40 }, () => send('reset', { token: 'A'.repeat(43), password: PASSWORD })),
    ...Array.from({ length: 40 }, (_, n) => send('sign-in', { email, password: `wrong ${n}` })),
  ])
  const counts = Map.groupBy(flood, ({ status }) => status)
  expect([...counts.keys()].sort()).toEqual([401, 410, 429])
  expect([401, 410].map((status) => counts.get(status)!.length).every((count) => count <= 10)).toBe(true)
  expect(counts.get(429)!.every(({ headers }) => Number(headers['retry-after']) <= 60)).toBe(true)
  expect((await sendRequest(service.address, { method: 'GET', path: '/api/health/ready' })).status).toBe(200)
  await service.advance(61)
  expect((await send('sign-in', { email, password: PASSWORD })).status).toBe(200)
  await service.dispose()
})

test('A visitor who is not signed in reaches the sign-in page, and then the page they wanted', async ({
  browser,
  service,
}) => {
  const page = await browser.newPage()
  await page.goto(`${service.origin}/console/audit?action=user.sign_in`)
  await expect(heading(page, 'Sign in')).toBeVisible()
  await expectAccessible(page, 'sign in')
  await typePassword(page, { ...owner, password: 'not the password' })
  await expect(page.getByRole('alert').getByText('The email address or the password is wrong.')).toBeVisible()
  await expectAccessibleInTorture(page, 'sign in, refused')
  await typePassword(page, owner)
  await expect(heading(page, 'Audit trail')).toBeVisible()
  expect(new URL(page.url()).search).toBe('?action=user.sign_in')
  await expect(page.getByRole('cell', { name: 'signed in' }).first()).toBeVisible()

  await page.getByRole('button', { name: 'You and your account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.goto(`${service.origin}/console/sign-in?next=https://evil.example/`)
  await typePassword(page, owner)
  await expect(heading(page, 'Hello, Ada')).toBeVisible()
  await page.close()
})

test('Every page is accessible in light and dark, and breaks no policy', async ({ browser, service }) => {
  const { context, page } = await signedIn(browser, service, owner)
  const complaints = complaintsOf(page)
  for (const [path, ready] of [
    ['/console', 'Hello, Ada'],
    ['/console/people', 'People'],
    ['/console/audit', 'Audit trail'],
    ['/console/account', 'Account'],
  ] as const) {
    await page.goto(`${service.origin}${path}`)
    await expect(heading(page, ready)).toBeVisible()
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await expectAccessible(page, path, { schemes: ['light', 'dark'] })
  }
  await page.goto(`${service.origin}/console/doctor`)
  await expectAccessibleInTorture(page, 'Doctor')
  await page.getByLabel('Code').fill((await keepDoctorReport(service)).toUpperCase())
  await page.getByRole('button', { name: 'Show the result' }).click()
  await expect(page.getByText('(status 405)')).toBeVisible()
  await expectAccessible(page, 'a report of the Doctor')
  await page.keyboard.press('Control+k')
  await page
    .getByRole('searchbox', { name: 'Find a page, a project or a sample' })
    .or(page.getByPlaceholder('Where to?'))
    .first()
    .fill('peop')
  await expectAccessible(page, 'palette')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'People')).toBeVisible()

  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await expectAccessibleInTorture(page, 'menu on a phone')
  await page.getByRole('link', { name: 'Account' }).click()
  await expect(heading(page, 'Account')).toBeVisible()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide, 'pixels beyond a phone').toBeLessThanOrEqual(0)
  expect(complaints).toEqual([])
  await context.close()
})

test('A second factor is asked for once it is set up, whether or not its answer came, and a recovery code stands in for it', async ({
  browser,
  service,
}) => {
  const person = await aPerson(service, 'analyst')
  const { context, page } = await signedIn(browser, service, person, '/console/account')
  await page.route('**/api/auth/profile', (route) =>
    route.fulfill({ status: 500, headers: { 'Request-Id': 'r-1' } }),
  )
  await page.getByLabel('Name').fill('Grace Analyst')
  await page.getByRole('region', { name: 'You' }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByText('(Request r-1)')).toBeVisible()
  await page.unroute('**/api/auth/profile')
  await page.getByRole('region', { name: 'You' }).getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Set up a second factor' }).click()
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const secret = await page.getByText('Or enter this in the app:').locator('code').innerText()
  await expectAccessible(page, 'second factor')
  await page.keyboard.press('Escape')
  // It is switched on, and the answer is lost with the session that goes on from there.
  await page.route(
    '**/api/auth/second-factor/confirm',
    async (route, request) => {
      const headers = { ...(await request.allHeaders()), host: new URL(service.origin).host }
      const asked = { method: 'POST', path: '/api/auth/second-factor/confirm', headers }
      await sendRequest(service.address, { ...asked, body: request.postData()! })
      await route.abort()
    },
    { times: 1 },
  )
  // Of this half minute, and later of the next one: each counts once, and stays right for at least another half minute.
  await page.getByLabel('Code from the app').fill(appCode(secret))
  await page.getByRole('button', { name: 'Switch on' }).click()
  const door = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(door).toContainText('What you did last may have been carried out')
  await door.getByRole('textbox', { name: 'Password' }).fill(person.password)
  await door.getByRole('button', { name: 'Sign in' }).click()
  await door.getByLabel('Code').fill(appCode(secret, 1))
  await door.getByRole('button', { name: 'Sign in' }).click()
  const codes = (await page.getByRole('dialog', { name: 'Recovery codes' }).locator('pre').innerText()).split(
    '\n',
  )
  expect(codes).toHaveLength(10)
  await expectAccessibleInTorture(page, 'recovery codes')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'I have stored them' }).click()
  await expect(page.getByText('Signing in needs your password and a code.')).toBeVisible()

  // A page of the console that finds itself signed out goes to the door by itself, and would cross the next step.
  await page.goto('about:blank')
  await context.clearCookies()
  await page.goto(`${service.origin}/console`)
  await typePassword(page, person)
  await expect(heading(page, 'One more step')).toBeVisible()
  await expectAccessibleInTorture(page, 'one more step')
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').getByText('This code is wrong')).toBeVisible()
  await page.getByLabel('Code').fill(codes[0]!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(heading(page, 'Hello')).toBeVisible()
  await context.close()
})

test('An owner invites a person, changes their role, and removes them', async ({ browser, service }) => {
  const { context, page } = await signedIn(browser, service, owner, '/console/people')
  await page.getByRole('button', { name: 'Invite a person' }).click()
  await page.getByLabel('Email address').fill('bo@clinic.example')
  await page.getByRole('button', { name: 'Create the link' }).click()
  const link = await page
    .getByRole('dialog', { name: 'Invitation for bo@clinic.example' })
    .locator('pre')
    .innerText()
  await expectAccessible(page, 'invitation link')
  // It cannot be shown again: no key closes it.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'I have stored it' }).click()

  const guest = await browser.newContext()
  const bo = await guest.newPage()
  await bo.goto(link)
  await expectAccessibleInTorture(bo, 'invitation')
  await bo.getByLabel('Your name').fill('<img src=x onerror=alert(1)> Bo')
  await bo.getByRole('textbox', { name: 'Password' }).fill('some words of Bo')
  await bo.getByRole('button', { name: 'Join' }).click()
  await expect(heading(bo, 'Hello, <img')).toBeVisible()

  await page.reload()
  const row = page.getByRole('row').filter({ hasText: 'bo@clinic.example' })
  await expect(row.getByText('<img src=x onerror=alert(1)> Bo')).toBeVisible()
  await row.getByRole('button', { name: /Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Name and roles' }).click()
  await expectAccessibleInTorture(page, 'name and roles')
  await page.getByLabel('Name', { exact: true }).fill('Not Bo')
  // Bo signs in in another tab of the owner's browser: from this one nothing is done in Bo's name.
  const cookies = await context.cookies()
  await context.addCookies(await guest.cookies())
  await page.getByRole('button', { name: 'Save' }).click()
  const door = page.getByRole('dialog', { name: 'Somebody else has signed in' })
  await expect(door).toContainText('What you did last was not carried out')
  await expectAccessible(page, 'another person')
  await page.keyboard.press('Escape')
  await expect(door).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toHaveCount(0)
  // Nor does what Bo types stay there, where the page is not left for what was typed on it.
  const password = door.getByRole('textbox', { name: 'Password' })
  await door.getByLabel('Email address').fill('bo@clinic.example')
  await password.fill('some words of Bo')
  page.once('dialog', (leaving) => leaving.dismiss())
  await door.getByRole('button', { name: 'Sign in' }).click()
  await expect(password).toHaveValue('')
  await context.addCookies(cookies)
  page.once('dialog', (leaving) => leaving.accept())
  await page.reload()
  await expect(row.getByText('<img src=x onerror=alert(1)> Bo')).toBeVisible()
  await row.getByRole('button', { name: /Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Name and roles' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Bo')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(row.getByText('Bo', { exact: true })).toBeVisible()

  await row.getByRole('button', { name: 'Actions for Bo' }).click()
  await expectAccessibleInTorture(page, 'actions for a person')
  await page.getByRole('menuitem', { name: 'Create a password reset link' }).click()
  const reset = await page.getByRole('dialog', { name: 'New password for Bo' }).locator('pre').innerText()
  await expectAccessibleInTorture(page, 'reset link')
  const again = await (await browser.newContext()).newPage()
  await again.goto(reset)
  await expectAccessibleInTorture(again, 'new password')
  await again.getByRole('textbox', { name: 'Password' }).fill('other words of Bo')
  // On a quick machine the tests before have used up the ten tries of a minute that one address has.
  await service.advance(60)
  await again.getByRole('button', { name: 'Save the password' }).click()
  await expect(heading(again, 'Hello, Bo')).toBeVisible()
  await bo.goto(`${service.origin}/console/account`)
  await expect(heading(bo, 'Sign in')).toBeVisible()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await row.getByRole('button', { name: 'Actions for Bo' }).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await expectAccessibleInTorture(page, 'disable')
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(row.getByText('disabled')).toBeVisible()
  await expect(row.getByRole('button', { name: 'Actions for Bo' })).toBeFocused()
  await again.goto(`${service.origin}/console/account`)
  await expect(heading(again, 'Sign in')).toBeVisible()
  await guest.close()
  await context.close()
})

test('Actions a viewer may not take are neither shown nor possible', { tag: '@torture' }, async ({
  browser,
  service,
}) => {
  const { context, page } = await signedIn(browser, service, await aPerson(service, 'viewer', 'Vera'))
  await expect(heading(page, 'Hello, Vera')).toBeVisible()
  const menu = page.getByRole('navigation', { name: 'Pages of the console' })
  await expect(menu.getByRole('link', { name: 'Account' })).toBeVisible()
  await expect(menu.getByRole('link', { name: 'People' })).toHaveCount(0)
  await expect(menu.getByRole('link', { name: 'Audit trail' })).toHaveCount(0)
  await page.goto(`${service.origin}/console/people`)
  await expect(page.getByRole('heading', { name: 'This page is for owners' })).toBeVisible()
  await expectAccessibleInTorture(page, 'not for you')
  const answer = await page.goto(`${service.origin}/console/nowhere`)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible()
  await expect(menu.getByRole('link', { name: 'Account' })).toBeVisible()
  const statuses = await page.evaluate(async () => {
    const asked: [string, string][] = [
      ['GET', 'users/'],
      ['GET', 'audit/'],
      ['POST', 'user-invitations/'],
      ['POST', 'projects/'],
      ['POST', 'array-data-upload-form/'],
    ]
    const answers = asked.map(([method, path]) => fetch(`/api/v2/${path}`, { method }))
    return (await Promise.all(answers)).map(({ status }) => status)
  })
  expect(statuses).toEqual([403, 403, 403, 403, 403])
  await context.close()
})

test('Another site cannot act in the name of the person signed in', async ({ browser, service }) => {
  const { context, page } = await signedIn(browser, service, owner)
  const cookies = await context.cookies(service.origin)
  const session = cookies.find(({ name }) => name === 'arraydrop.session_token')!
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const ask = async (method: string, headers: Record<string, string>, path = '/api/v2/user-invitations/') => {
    const body = JSON.stringify({ email: `x${Math.random()}@clinic.example`, role: 'owner' })
    const { status } = await sendRequest(service.address, {
      method,
      path,
      headers: {
        Cookie: `${session.name}=${session.value}`,
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(method === 'POST' ? { body } : {}),
    })
    return status
  }
  expect(await ask('POST', {})).toBe(403)
  expect(await ask('POST', { 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
  expect(await ask('POST', { 'Sec-Fetch-Site': 'same-site', Origin: service.origin })).toBe(403)
  expect(await ask('POST', { Origin: 'https://evil.example' })).toBe(403)
  expect(await ask('POST', { 'Sec-Fetch-Site': 'cross-site' }, '/api/auth/sign-out')).toBe(403)
  expect(await ask('POST', { Origin: service.origin })).toBe(201)
  expect(await ask('GET', { 'Sec-Fetch-Site': 'cross-site' })).toBe(200)
  const framed = await sendRequest(service.address, { method: 'GET', path: '/console/sign-in' })
  expect(framed.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  await context.close()
})
