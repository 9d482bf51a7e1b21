import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { sendRequest } from '../raw/send-request.ts'
import type { Service } from '../service/start-service.ts'

export interface Person {
  email: string
  password: string
}

/** A person made by the administrator's command. */
export async function aPerson(service: Service, role: string, name = ''): Promise<Person & { id: string }> {
  const email = `${role}-${Math.random().toString(36).slice(2, 10)}@clinic.example`
  return service.admin('create-user', email, '--role', role, '--name', name)
}

/** Type address and password on the sign-in page, which is there already. */
export async function typePassword(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A separate browser in which this person is signed in, at this page of the console. How they sign in has its own tests. */
export async function signedIn(
  browser: Browser,
  service: Service,
  person: Person,
  path = '/console',
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext()
  await context.addCookies(await sessionCookies(service, person))
  const page = await context.newPage()
  await page.goto(`${service.origin}${path}`)
  return { context, page }
}

/** The cookies that the service sets when this person signs in, each as it sets it. */
async function sessionCookies({ origin, address }: Service, { email, password }: Person) {
  const signIn = () =>
    sendRequest(address, {
      method: 'POST',
      path: '/api/auth/sign-in',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
  let answer = await signIn()
  // Ten tries a minute from one address, which all these tests share: the eleventh waits its turn.
  while (answer.status === 429) {
    await wait(Number(answer.headers['retry-after']) * 1_000)
    answer = await signIn()
  }
  expect(answer.status, answer.body).toBe(200)
  return answer.headers['set-cookie']!.map((line) => {
    const [pair, ...attributes] = line.split('; ')
    const [name, value] = pair!.split(/=(.*)/)
    const has = (attribute: string) => attributes.some((each) => each.toLowerCase() === attribute)
    const sameSite = (['Lax', 'Strict', 'None'] as const).find((one) => has(`samesite=${one.toLowerCase()}`))
    return {
      name: name!,
      value: value!,
      url: origin,
      httpOnly: has('httponly'),
      secure: has('secure'),
      sameSite,
    }
  })
}

/** What the browser complains about: policies that were broken, scripts that failed. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // What the browser says of a refusal, or of a connection that a test takes away.
    const expected = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  return complaints
}

/** The code that an authenticator app shows for this secret in base32 (RFC 6238), `around` half minutes from now. */
export function appCode(secret: string, around = 0): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + around))
  const digest = createHmac('sha1', key).update(counter).digest()
  const number = digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
