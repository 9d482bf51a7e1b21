import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import type { Bench } from './bench.ts'

/** A headless Chromium as the tests use it: the one named by CHROMIUM_PATH, the system's, or Playwright's own. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  const named = process.env.CHROMIUM_PATH
  const attempts = named ? [named] : [undefined, '/usr/bin/chromium', '/usr/bin/google-chrome']
  const failures: unknown[] = []
  for (const executablePath of attempts) {
    try {
      return await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) })
    } catch (error) {
      failures.push(error)
    }
  }
  throw new Error('No Chromium starts here; name one in CHROMIUM_PATH', { cause: failures[0] })
}

/** The upload page of a fresh session, ready for a file, in a context of its own. What it would send goes nowhere. */
export async function openUploadPage(browser: Browser, { partner }: Bench): Promise<Page> {
  const context = await browser.newContext()
  await context.route('**/api/upload/files**', (route) => route.abort())
  const page = await context.newPage()
  const { url } = await partner.mint()
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.locator('main[data-stage="ready"]').waitFor()
  return page
}

/** Process ids of everything that renders pages. */
export async function rendererPids(browser: Browser): Promise<number[]> {
  const session: CDPSession = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}
