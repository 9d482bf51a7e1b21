import type { EmbedEvent } from '#lib/sessions/embed-messages.ts'
import { addressOf, pickButton } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'

/** What each kind of app puts into the page, made by hand: it keeps what it is told in `window.told`. */
const APPS = {
  'React Native': () => {
    const told: unknown[] = []
    Object.assign(window, {
      told,
      ReactNativeWebView: { postMessage: (text: string) => told.push(JSON.parse(text)) },
    })
  },
  'WKWebView on iOS': () => {
    const told: unknown[] = []
    const postMessage = (message: object) => told.push(structuredClone(message))
    Object.assign(window, { told, webkit: { messageHandlers: { arraydrop: { postMessage } } } })
  },
  'WebView on Android': () => {
    const told: unknown[] = []
    Object.assign(window, {
      told,
      arraydropHost: { postMessage: (text: string) => told.push(JSON.parse(text)), onmessage: null },
    })
  },
  Flutter: () => {
    const told: unknown[] = []
    Object.assign(window, {
      told,
      arraydrop: { postMessage: (text: string) => told.push(JSON.parse(text)) },
    })
  },
}

for (const [app, install] of Object.entries(APPS)) {
  test(`an app hears the same events, and is asked where to go: ${app}`, async ({ page, partner, site }) => {
    const { url, sample_id } = await partner.mint({ redirect_on_failure: site.place('failed') })
    await page.addInitScript(install)
    await page.goto(url)
    await expect(pickButton(page)).toBeVisible()
    const told = () => page.evaluate(() => (window as unknown as { told: EmbedEvent[] }).told)
    await expect.poll(async () => (await told()).map(({ type }) => type)).toEqual(['hello', 'ready'])
    await page.evaluate(() => {
      const host = window as unknown as {
        arraydropReceive(text: string): void
        arraydropHost?: { onmessage(event: { data: string }): void }
      }
      const tell = (message: object) => {
        const text = JSON.stringify({ ns: 'arraydrop', v: 1, ...message })
        if (host.arraydropHost) host.arraydropHost.onmessage({ data: text })
        else host.arraydropReceive(text)
      }
      tell({ type: 'init', redirect: 'host' })
      tell({ type: 'ping' })
      // As an app does, at once: the page waits for two seconds only.
      const { told } = window as unknown as { told: { type: string }[] }
      told.push = (event) => {
        if (event.type === 'redirect_request') setTimeout(tell, 0, { type: 'redirect_ack', handled: true })
        return Array.prototype.push.call(told, event)
      }
      Object.assign(window, { tell })
    })
    await expect.poll(async () => (await told()).map(({ type }) => type)).toContain('pong')
    await page.evaluate(() => (window as unknown as { tell(message: object): void }).tell({ type: 'cancel' }))
    await expect.poll(async () => (await told()).map(({ type }) => type)).toContain('redirect_request')
    await expect
      .poll(async () => (await told()).at(-1))
      .toMatchObject({ type: 'exit', sample_id, data: { status: 'left', reason: 'user_canceled' } })
    expect(page.url()).toBe(addressOf(url, sample_id))
  })
}
