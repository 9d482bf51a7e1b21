import { createHmac } from 'node:crypto'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
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

/** A separate browser in which this person is signed in, at this page of the console. */
export async function signedIn(
  browser: Browser,
  service: Service,
  person: Person,
  path = '/console',
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${service.origin}${path}`)
  // Ten tries a minute from one address, which all these tests share: the eleventh waits its turn.
  await expect(async () => {
    // On a slow machine the attempt before may have succeeded after its timeout.
    if (new URL(page.url()).pathname !== path) await typePassword(page, person)
    await page.waitForURL((url) => url.pathname === path, { timeout: 8_000 })
  }).toPass({ timeout: 120_000 })
  return { context, page }
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
