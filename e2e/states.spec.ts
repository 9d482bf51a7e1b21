import type { Page } from '@playwright/test'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { expect, test } from './browser/browser-test.ts'
import {
  expectAccessible,
  expectDisclosuresOpen,
  expectKeyboardReach,
  expectNoSidewaysScroll,
} from './browser/state-checks.ts'

/** The states are dealt to so many tests, which the workers share. */
const SHARDS = 4
const DESKTOP = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 640 }

test.describe.configure({ mode: 'parallel', timeout: 400_000 })

interface State {
  name: string
  path: string
}

/**
 * Refusals that differ in their detail alone are one page with other words: there the words are what is checked, and
 * the page around them once per reason. `npm run torture` checks everything everywhere.
 */
const isOnlyOtherWords = ({ path }: State) =>
  path.includes('detail=') && process.env.ARRAYDROP_TORTURE !== '1'

/** Every state that the page says it has, by the links of the preview. */
async function statesOf(page: Page, origin: string): Promise<State[]> {
  await page.goto(`${origin}/console/preview`)
  return page.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => {
      const link = item.querySelector('a')!
      return { name: link.textContent!, path: link.getAttribute('href')! }
    }),
  )
}

test('the preview names every reason and every detail there is', async ({ page, service }) => {
  const states = await statesOf(page, service.origin)
  await expect(page.getByText(`${states.length} states`, { exact: true })).toBeVisible()
  expect(new Set(states.map(({ path }) => path)).size).toBe(states.length)
  const queries = states.map(({ path }) => new URL(path, service.origin).searchParams)
  const shown = (key: string) => new Set(queries.map((query) => query.get(key)))
  expect(REASONS.filter((reason) => !shown('reason').has(reason))).toEqual([])
  expect(DETAILS.filter((detail) => !shown('detail').has(detail))).toEqual([])
})

for (let shard = 0; shard < SHARDS; shard++) {
  test(`every state is accessible, works by keyboard and fits a narrow screen, part ${shard + 1} of ${SHARDS}`, async ({
    page,
    service,
  }, info) => {
    const states = await statesOf(page, service.origin)
    const dealt = states.filter((_, index) => index % SHARDS === shard)
    expect(dealt.length).toBeGreaterThan(10)
    for (const state of dealt) {
      const { name, path } = state
      const picture = (kind: string) =>
        page.screenshot({
          path: info.outputPath(`${name.replaceAll(/\W+/g, '-')}-${kind}.png`),
          fullPage: true,
        })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(isOnlyOtherWords(state) ? NARROW : DESKTOP)
      const response = await page.goto(service.origin + path)
      expect(response?.status(), name).toBe(200)
      await expect(page.getByRole('heading', { level: 1 }), name).toHaveText(/\S/)
      if (isOnlyOtherWords(state)) {
        await expectNoSidewaysScroll(page, name)
        await expectAccessible(page, name, '[role=alert]')
        await picture('narrow')
        continue
      }
      await expectKeyboardReach(page, name)
      await expectDisclosuresOpen(page, name)
      await expectAccessible(page, name)
      await page.setViewportSize(NARROW)
      await expectNoSidewaysScroll(page, name)
      await picture('narrow-dark')

      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(`${service.origin}${path}&dir=rtl`)
      await expect(page.locator('main'), `${name}, right to left`).toHaveCSS('direction', 'rtl')
      await expectNoSidewaysScroll(page, `${name}, right to left`)
      await picture('narrow-rtl')
    }
  })
}
