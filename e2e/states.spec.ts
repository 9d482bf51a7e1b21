import type { Locator, Page, TestInfo } from '@playwright/test'
import { DETAILS, REASONS } from '#lib/genotype/reason.ts'
import { type PreviewState as State, show, statesOf } from './browser/preview.ts'
import {
  expectAccessibleAtOnce,
  expectAccessibleAtThisSize,
  expectDisclosuresOpen,
  expectFocusInSight,
  expectKeyboardReach,
  expectNoSidewaysScroll,
  openEverything,
  type Scheme,
} from './browser/state-checks.ts'
import { expect, test } from './fixtures.ts'

/** The states are dealt to so many tests, which the workers share. */
const SHARDS = 2
const DESKTOP = { width: 1280, height: 900 }
/** 320 px is also what 1280 px are at 400 % zoom. */
const NARROW = { width: 320, height: 640 }
/** 1280 × 1024 at 400 % zoom, and a phone on its side. */
const ZOOMED = { width: 320, height: 256 }
const LANDSCAPE = { width: 800, height: 360 }
/** What axe says of the size alone is asked of each state in one of them, in turn; `npm run torture` asks in all. */
const SIZES = [ZOOMED, LANDSCAPE, NARROW]
/** The smallest frame that embedding.md promises to serve. */
const SMALL_FRAME = { width: 320, height: 480 }
const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
const SCHEMES: Scheme[] = ['light', 'dark']
/** Both for the first states, which have most of what there is; then one after the other. `npm run torture`: always both. */
const schemesFor = (turn: number): Scheme[] =>
  TORTURE || turn < 6 ? SCHEMES : [SCHEMES[turn % SCHEMES.length]!]
/** A partner's colours and logo, in states that show most of them. */
const BRANDED = ['state=ready', 'state=uploading', 'state=rejected&reason=file_empty', 'state=received']

test.describe.configure({ mode: 'parallel', timeout: 400_000 })

/** Refusals of each make: a file to replace, one to choose again, and a fault of ours. */
const REFUSALS_IN_FULL = ['file_empty', 'file_modified', 'service_unavailable'].map(
  (reason) => `reason=${reason}`,
)

/**
 * Refusals, and variants of a state, are one page with other words: there it is their length that is checked, by the
 * narrowest screen, and of variants axe's rules, too. The page around them is checked in full once for each state, and for
 * each make of refusals; `npm run torture` checks everything everywhere.
 */
const isOnlyOtherWords = ({ query }: State) =>
  !TORTURE &&
  (query.includes('variant=') ||
    (query.includes('state=rejected') &&
      (query.includes('detail=') || !REFUSALS_IN_FULL.some((reason) => query.includes(reason)))))

test('the preview names every reason and every detail there is', async ({ page, service }) => {
  const states = await statesOf(page, service.origin)
  await expect(page.getByText(`${states.length} states`, { exact: true })).toBeVisible()
  expect(new Set(states.map(({ query }) => query)).size).toBe(states.length)
  const queries = states.map(({ query }) => new URLSearchParams(query))
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
    const branded = BRANDED.map((query) => ({ name: `${query}, branded`, query: `${query}&brand=sample` }))
    const dealt = [...states, ...branded].filter((_, index) => index % SHARDS === shard)
    expect(dealt.length).toBeGreaterThan(10)
    // As an address that was put together by hand may be.
    const response = await page.goto(`${service.origin}/console/preview?state=ready&lang=en&lang=de`)
    expect(response?.status()).toBe(200)
    for (const [turn, state] of dealt.entries()) await checkState(page, state, turn, info)
  })
}

test('the first screen asks in at most 30 words, and shows the action and the promise without scrolling', async ({
  page,
  service,
}) => {
  await page.goto(`${service.origin}/console/preview?state=ready`)
  await show(page, 'state=ready')
  const button = page.getByRole('button', { name: 'Choose my .zip file' })
  const wordsAbove = await button.evaluate((end) => {
    const range = document.createRange()
    range.setStart(document.querySelector('main')!, 0)
    range.setEndBefore(end)
    return range
      .toString()
      .replaceAll('.zip', 'zip')
      .match(/[\p{L}\p{N}]+/gu)!.length
  })
  expect(wordsAbove).toBeLessThanOrEqual(30)
  const endOf = async (part: Locator) => {
    const { y, height } = (await part.boundingBox())!
    return y + height
  }
  for (const size of [{ width: 360, height: 640 }, SMALL_FRAME, LANDSCAPE]) {
    await page.setViewportSize(size)
    expect(await endOf(button), `the button at ${size.width} × ${size.height}`).toBeLessThanOrEqual(
      size.height,
    )
  }
  await page.setViewportSize({ width: 360, height: 640 })
  expect(await endOf(page.getByText('Goes only to Northlight Health'))).toBeLessThanOrEqual(640)
  await page.setViewportSize(SMALL_FRAME)
  await show(page, 'state=ready&variant=long_name')
  expect(await endOf(button), 'the button below a long name').toBeLessThanOrEqual(SMALL_FRAME.height)
})

async function checkState(page: Page, state: State, turn: number, info: TestInfo): Promise<void> {
  const { name, query } = state
  /** For looking at all of them. */
  const picture = async (kind: string) => {
    const path = info.outputPath(`${name.replaceAll(/\W+/g, '-')}-${kind}.png`)
    if (TORTURE) await page.screenshot({ path, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(isOnlyOtherWords(state) ? NARROW : DESKTOP)
  await show(page, query)
  await expect(page.getByRole('heading', { level: 1 }), name).toHaveText(/\S/)
  if (isOnlyOtherWords(state)) {
    await openEverything(page)
    await expectNoSidewaysScroll(page, name)
    if (query.includes('variant=')) await expectAccessibleAtOnce(page, name, { schemes: schemesFor(turn) })
    await picture('narrow')
    return
  }
  await expectDisclosuresOpen(page, name)
  await openEverything(page)
  await expectKeyboardReach(page, name)
  await expectAccessibleAtOnce(page, name, { schemes: schemesFor(turn) })
  for (const [at, size] of SIZES.entries()) {
    const where = `${name}, ${size.width} × ${size.height}`
    await page.setViewportSize(size)
    await expectNoSidewaysScroll(page, where)
    if (TORTURE) await expectAccessibleAtOnce(page, where)
    else if (turn % SIZES.length === at) await expectAccessibleAtThisSize(page, where)
    if (TORTURE || query.includes('half_minute')) await expectFocusInSight(page, where)
  }
  await picture('narrow-dark')

  await page.emulateMedia({ colorScheme: 'light' })
  await show(page, `${query}&dir=rtl`)
  await expect(page.locator('main'), `${name}, right to left`).toHaveCSS('direction', 'rtl')
  await openEverything(page)
  await expectNoSidewaysScroll(page, `${name}, right to left`)
  await picture('narrow-rtl')
}
