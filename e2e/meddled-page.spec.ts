import type { Page } from '@playwright/test'
import { aPerson, signedIn } from './browser/console-page.ts'
import { exportFile, fileOf, SMALL_ROWS } from './browser/made-files.ts'
import { HEADINGS, NAMES, pick, refusal } from './browser/upload-page.ts'
import { expect, test } from './fixtures.ts'

/** What others do to the text nodes of a page, as soon as there are any. */
const MEDDLERS = ['wraps', 'replaces', 'moves'] as const

const meddle = (page: Page, way: (typeof MEDDLERS)[number]) =>
  page.addInitScript((way) => {
    const touched = new WeakSet<Node>()
    const act = (text: Text) => {
      const parent = text.parentElement
      if (
        !parent ||
        touched.has(text) ||
        !/\S/.test(text.data) ||
        /^(SCRIPT|STYLE|FONT|TITLE)$/.test(parent.tagName)
      )
        return
      if (way === 'replaces') {
        const other = document.createTextNode(text.data)
        touched.add(other)
        text.replaceWith(other)
        return
      }
      const outer = document.createElement('font')
      const inner = outer.appendChild(document.createElement('font'))
      touched.add(text)
      if (way === 'wraps') {
        const other = inner.appendChild(document.createTextNode(text.data))
        touched.add(other)
        text.replaceWith(outer)
      } else {
        text.replaceWith(outer)
        inner.append(text)
      }
    }
    const actOn = (node: Node) => {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
      const texts: Text[] = node instanceof Text ? [node] : []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      texts.forEach(act)
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) [target, ...addedNodes].forEach(actOn)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  }, way)

for (const way of MEDDLERS) {
  test(`a journey ends the same where something ${way} every text node`, {
    tag: way === 'wraps' ? [] : '@torture',
  }, async ({ page, partner }) => {
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await meddle(page, way)
    const { url, sample_id } = await partner.mint()
    await page.goto(url)
    await pick(page, fileOf('tree.zip', Buffer.from('0 HEAD')))
    await expect(refusal(page)).toBeVisible()
    await pick(page, await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 6 }))
    await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
    await expect(page.getByText('Something went wrong')).toBeHidden()
    expect((await partner.sample(sample_id)).last_status.status).toMatch(
      /succeeded|received|running|queued|assigning/,
    )
    const other = await partner.mint()
    await page.goto(other.url)
    await page.getByRole('button', { name: NAMES.noFileYet }).click()
    await page.getByRole('button', { name: NAMES.moreTime }).click()
    await expect(page.getByRole('heading', { name: HEADINGS.left })).toBeVisible()
  })
}

test('a page that cannot be drawn for a moment is drawn again, and the visit goes on', async ({
  page,
  partner,
}) => {
  await page.goto((await partner.mint()).url)
  await expect(page.getByRole('heading', { name: HEADINGS.ready })).toBeVisible()
  // An element that React will remove is somewhere else.
  await page.evaluate(() => document.querySelector('main')!.replaceChildren(document.createElement('p')))
  await page
    .locator('input[type=file]')
    .setInputFiles(await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 7 }))
  await expect(page.getByRole('heading', { name: HEADINGS.received })).toBeVisible()
})

test('a page that cannot be drawn at all says so in the link’s language, and can be tried again', async ({
  page,
  partner,
}) => {
  await page.goto((await partner.mint({ locale: 'de' })).url)
  await expect(page.locator('main[data-stage=ready]')).toBeVisible()
  await page.evaluate(() => {
    const own = Intl.ListFormat.prototype.format
    const mend = () => Object.assign(Intl.ListFormat.prototype, { format: own })
    Object.assign(window, { mend })
    Object.assign(Intl.ListFormat.prototype, {
      format() {
        throw new Error('broken')
      },
    })
  })
  // The countdown draws the page again within a second.
  await expect(page.getByText('Bei uns ist etwas schiefgegangen.')).toBeVisible()
  await page.evaluate(() => (window as unknown as { mend(): void }).mend())
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).click()
  await expect(page.locator('main[data-stage=ready]')).toBeVisible()
})

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
/** Dealt to the ways of meddling; `npm run torture` visits each page in each way. */
const PAGES = ['samples', 'projects', 'api-keys', 'webhooks', 'people', 'audit']

for (const [turn, way] of MEDDLERS.entries()) {
  test(`the console stays whole where something ${way} every text node`, {
    tag: way === 'wraps' ? [] : '@torture',
  }, async ({ browser, service, partner }) => {
    await partner.mint()
    const { context, page } = await signedIn(browser, service, await aPerson(service, 'owner'))
    await meddle(page, way)
    for (const name of PAGES.filter((_, at) => TORTURE || at % MEDDLERS.length === turn)) {
      await page.goto(`${service.origin}/console/${name}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
    for (const name of ['Samples', 'Projects', 'People'].filter(
      (_, at) => TORTURE || at === turn || way === 'moves',
    )) {
      await page.getByRole('navigation').getByRole('link', { name }).first().click()
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    }
    await expect(page.getByText('This page failed to load')).toBeHidden()
    if (way === 'wraps') {
      // A link is chosen before the projects are there, with which the address of this page is completed.
      const answered = Promise.withResolvers<void>()
      await page.route('**/api/v2/projects/?*', async (route) => {
        await answered.promise
        await route.continue()
      })
      const projects = page.waitForResponse(/api\/v2\/projects\/\?/)
      await page.route('**/console/samples?_rsc=*', async (route) => {
        await projects
        await route.continue()
      })
      await page.goto(`${service.origin}/console/webhooks`)
      await page.getByRole('navigation').getByRole('link', { name: 'Samples' }).first().click()
      answered.resolve()
      await expect(page.getByRole('heading', { level: 1, name: 'Samples' })).toBeVisible()
    }
    await context.close()
  })
}
