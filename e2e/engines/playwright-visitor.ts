import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium, firefox, type Page } from '@playwright/test'
import { WHOLE_BROWSER } from '../browser/chromium.ts'
import { pickButton } from '../browser/upload-page.ts'
import type { Storage, Visitor } from './visitor.ts'

/** Settings of a person who lets no site keep anything, not even one of a tab. */
const CHROMIUM_NONE = { profile: { default_content_setting_values: { cookies: 2 } } }
const FIREFOX_NONE = { 'network.cookie.cookieBehavior': 2 }

/** The whole Chromium: without its windows it would not follow these settings. */
export async function visitByChromium(storage: Storage): Promise<Visitor> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-profile-'))
  await mkdir(path.join(profile, 'Default'))
  if (storage === 'none') {
    await writeFile(path.join(profile, 'Default/Preferences'), JSON.stringify(CHROMIUM_NONE))
  }
  const context = await chromium.launchPersistentContext(profile, WHOLE_BROWSER.launchOptions)
  const end = async () => {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  return visitorIn(context, `Chromium ${context.browser()!.version()}`, end)
}

export async function visitByFirefox(executablePath: string, storage: Storage): Promise<Visitor> {
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath,
    ...(storage === 'none' ? { firefoxUserPrefs: FIREFOX_NONE } : {}),
  })
  return visitorIn(await browser.newContext(), `Firefox ${browser.version()}`, () => browser.close())
}

async function visitorIn(
  context: BrowserContext,
  version: string,
  end: () => Promise<void>,
): Promise<Visitor> {
  const page = await context.newPage()
  // Firefox tells of choosers only when somebody has listened since before the page.
  page.on('filechooser', () => {})
  let framed = false
  const place = () => (framed ? page.frameLocator('iframe') : page)
  return {
    version,
    async goto(url) {
      framed = false
      await page.goto(url)
    },
    reload: async () => void (await page.reload()),
    async enterFrame() {
      framed = true
    },
    press: (name) => place().getByRole('link', { name }).or(place().getByRole('button', { name })).click(),
    async choose(file) {
      if (!framed) return chooseByButton(page, file)
      // Firefox tells of no chooser in another site's frame.
      await place().locator('input[type=file]').setInputFiles(file)
    },
    async ask<Answer>(expression: string) {
      const frame = framed ? page.frames()[1] : page.mainFrame()
      try {
        return ((await frame?.evaluate(expression)) as Answer | undefined) ?? null
      } catch {
        return null
      }
    },
    end,
  }
}

async function chooseByButton(page: Page, file: Parameters<Visitor['choose']>[0]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await pickButton(page).click()
  await (await chooser).setFiles(file)
}
