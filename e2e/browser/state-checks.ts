import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, type Page, test } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The only rules that colours decide. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
/** What axe advises beyond WCAG, on how a whole page is built. */
const WHOLE_PAGE = [...WCAG, 'best-practice']
/** Open menus are children of the body, outside of every landmark. */
const EXCEPTIONS = { region: { enabled: false } }
const SIZE_RULES = ['target-size', 'scrollable-region-focusable', 'css-orientation-lock']

const TORTURE = process.env.ARRAYDROP_TORTURE === '1'
export type Scheme = 'light' | 'dark'
const BOTH = ['light', 'dark'] as const
const PHONE = { width: 360, height: 740 }
/** 1280 × 800 at twice the size. */
const ZOOMED = { width: 640, height: 400 }
/** What a state that is looked at closely may take to settle; its faults are many, so that none waits for a minute. */
const SETTLED = { timeout: 10_000 }
const CLOSE_LOOK_MS_MAX = 120_000
/** What was found while looking closely: reported together, because later tests of a file continue where one has ended. */
const faults: string[] = []

export const faultsFound = (): readonly string[] => faults

/** axe itself, as its Playwright package brings it. */
const axeFile = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
  'axe-core',
)

interface Axe {
  run(
    part: string,
    options: { runOnly: string[]; rules: object; resultTypes: string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/**
 * Loaded once a page: a page that only changes its state is looked at many times. A button that is just being enabled has a
 * colour in between, so that every transition is brought to its end first; only when another began meanwhile is what
 * was found looked at again.
 */
async function violations(page: Page, part: string, runOnly: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.evaluate(`${await readFile(axeFile, 'utf8')};0`)
  return page.evaluate(
    async ([part, runOnly, rules]) => {
      const { axe } = window as unknown as { axe: Axe }
      const transitions = () => document.getAnimations().filter((each) => each instanceof CSSTransition)
      for (;;) {
        let begun = 0
        const count = () => {
          begun += 1
        }
        for (const each of transitions()) each.finish()
        document.addEventListener('transitionrun', count)
        const { violations } = await axe.run(part, { runOnly, rules, resultTypes: ['violations'] })
        document.removeEventListener('transitionrun', count)
        begun += transitions().length
        if (violations.length === 0 || begun === 0)
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
      }
    },
    [part, runOnly, EXCEPTIONS] as const,
  )
}

/** No rule of WCAG 2.2 AA that a program can check is broken in this part of the page, in the first of these schemes; in the others, none that colours decide. */
export async function expectAccessibleAtOnce(
  page: Page,
  name: string,
  { part = 'html', schemes = BOTH }: { part?: string; schemes?: readonly Scheme[] } = {},
): Promise<void> {
  for (const [index, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const rules = index === 0 ? WCAG : COLOUR_RULES
    expect(await violations(page, part, rules), `${name}, ${colorScheme}`).toEqual([])
  }
}

/** One state is looked at in light, the next in dark, always the same. */
const schemeOf = (name: string): Scheme =>
  [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 2 === 0 ? 'light' : 'dark'

/**
 * The same of a page whose scripts follow with their colours and contents: what counts is the page once they have. In one
 * of the two schemes unless both are asked for: what is drawn from the same colours has been looked at in the other
 * elsewhere. `npm run torture` looks closely, in both.
 */
export async function expectAccessible(
  page: Page,
  name: string,
  { part = 'html', schemes = [schemeOf(name)], onPhone = false }: CloseLook = {},
): Promise<void> {
  if (TORTURE) return lookClosely(page, name, part)
  for (const [index, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const rules = index === 0 ? WCAG : COLOUR_RULES
    await expect.poll(() => violations(page, part, rules), `${name}, ${colorScheme}`).toEqual([])
  }
  if (!onPhone) return
  const before = page.viewportSize()!
  await page.setViewportSize(PHONE)
  await expect.poll(() => page.evaluate(findOverflow), `${name}, on a phone`).toEqual([])
  await expect.poll(() => violations(page, part, SIZE_RULES), `${name}, on a phone`).toEqual([])
  await page.setViewportSize(before)
}

interface CloseLook {
  part?: string
  schemes?: readonly Scheme[]
  /** Nothing extends beyond the edge of a phone, either, and no target is too small there. */
  onPhone?: boolean
}

/** For states that only `npm run torture` has the time for. */
export async function expectAccessibleInTorture(page: Page, name: string): Promise<void> {
  if (TORTURE) await lookClosely(page, name, 'html')
}

/**
 * Every rule of axe in light, in dark and on a phone, whose targets are large, and no sideways scroll there or at 200 %. Takes
 * a picture of each. Faults are kept for `faultsFound`.
 */
async function lookClosely(page: Page, name: string, part: string): Promise<void> {
  // Tests are not longer for it in `npm test`.
  test.setTimeout(test.info().timeout + CLOSE_LOOK_MS_MAX)
  const before = page.viewportSize()
  const whole = part === 'html'
  const seek = async (where: string, find: () => Promise<string[]>) => {
    await expect
      .poll(find, SETTLED)
      .toEqual([])
      .catch(async () => {
        const found = (await find()).map((fault) => `${where}: ${fault}`)
        console.log(found.join('\n'))
        faults.push(...found)
      })
  }
  for (const { variant, colorScheme, size } of [
    { variant: 'light', colorScheme: 'light', size: before },
    { variant: 'dark', colorScheme: 'dark', size: before },
    { variant: 'phone', colorScheme: 'light', size: PHONE },
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    if (size) await page.setViewportSize(size)
    await seek(`${name}, ${variant}`, () => violations(page, part, whole ? WHOLE_PAGE : WCAG))
    const path = test.info().outputPath(`${name}-${variant}`.replaceAll(/\W+/g, '-'))
    await page.screenshot({ path: `${path}.png`, fullPage: true })
  }
  await seek(`${name}, targets`, () => page.evaluate(findSmallTargets, [CONTROLS, part] as const))
  for (const size of whole ? [PHONE, ZOOMED] : []) {
    await page.setViewportSize(size)
    await seek(`${name}, ${size.width} wide`, () => page.evaluate(findOverflow))
  }
  if (before) await page.setViewportSize(before)
}

/** Runs in the page: what extends beyond the edge of the page, and tables that extend beyond their places. */
function findOverflow(): string[] {
  const pixels = document.documentElement.scrollWidth - window.innerWidth
  const places = [...document.querySelectorAll('[role=region]:has(table)')]
  return [
    ...(pixels > 0 ? [`${pixels} pixels beyond the edge`] : []),
    ...places
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(
        ({ ariaLabel, scrollWidth, clientWidth }) =>
          `${ariaLabel}: ${scrollWidth - clientWidth} pixels beyond its place`,
      ),
  ]
}

/** Runs in the page: controls that are lower or narrower than 24 pixels, unless they are words of a sentence. */
function findSmallTargets([controls, part]: readonly [string, string]): string[] {
  const LEAST = 24
  const isPart = (control: HTMLElement) => {
    const { parentElement, textContent } = control
    const around = (parentElement?.textContent ?? '').replace(textContent ?? '', '').trim()
    return getComputedStyle(control).display === 'inline' && around !== ''
  }
  const sizeOf = (control: HTMLElement) => {
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
    // A field of several values is one target with what stands around its cursor.
    const field = control.closest<HTMLElement>('[class*=Input-input]')
    const boxes = [control, ...labels, ...(field ? [field] : [])].map((each) => each.getBoundingClientRect())
    return {
      width: Math.max(...boxes.map(({ width }) => width)),
      height: Math.max(...boxes.map(({ height }) => height)),
    }
  }
  const whole = document.querySelector(part)
  const found = [...(whole?.querySelectorAll<HTMLElement>(controls) ?? [])]
  return found
    .filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((control) => !control.closest('[inert], [aria-hidden=true]') && !isPart(control))
    .filter((control) => {
      const { width, height } = sizeOf(control)
      return width > 0 && height > 0 && (Math.round(width) < LEAST || Math.round(height) < LEAST)
    })
    .map((control) => control.outerHTML.slice(0, 200))
}

/** The rules that depend on the size of the window alone: the rest has been looked at in another. */
export async function expectAccessibleAtThisSize(page: Page, name: string): Promise<void> {
  expect(await violations(page, 'html', SIZE_RULES), name).toEqual([])
}

const CONTROLS = 'a[href], button, summary, input:not([type=file]), select, textarea, [tabindex="0"]'

/** Tab visits every control that can be seen, in the order of the page, and each shows that it has the focus. */
export async function expectKeyboardReach(page: Page, name: string): Promise<void> {
  const shown = await page.evaluate((selector) => {
    const controls = [...document.querySelectorAll<HTMLElement>(selector)]
    const visible = controls.filter((control) => control.checkVisibility({ visibilityProperty: true }))
    for (const [index, control] of visible.entries()) control.dataset.order = String(index)
    return visible.map((control) => control.textContent?.trim() || control.outerHTML)
  }, CONTROLS)
  const visited: string[] = []
  for (const [index, label] of shown.entries()) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const style = getComputedStyle(element)
      return {
        order: Number(element.dataset.order ?? -1),
        outlined: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
      }
    })
    expect(focus, `${name}: focus on ${label}`).toEqual({ order: index, outlined: true })
    visited.push(label)
  }
  expect(visited).toEqual(shown)
}

/** Opens every disclosure of the page: what they hold must fit, be readable and be reached as well. The next Tab begins at the top. */
export const openEverything = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const each of document.querySelectorAll('details')) each.open = true
    const top = document.documentElement
    top.tabIndex = -1
    top.focus()
    top.removeAttribute('tabindex')
    window.scrollTo(0, 0)
  })

/** Going backwards through the page, no control that has the focus is left wholly behind another element (WCAG 2.4.11). */
export async function expectFocusInSight(page: Page, name: string): Promise<void> {
  const controls = await page.locator(CONTROLS).count()
  for (let index = 0; index <= controls; index++) {
    await page.keyboard.press('Shift+Tab')
    const hidden = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body || focused === document.documentElement) return null
      const { left, right, top, bottom } = focused.getBoundingClientRect()
      const seen = [0.1, 0.5, 0.9].some((share) => {
        const there = document.elementFromPoint((left + right) / 2, top + (bottom - top) * share)
        return there !== null && (focused.contains(there) || there.contains(focused))
      })
      return seen ? null : focused.textContent
    })
    expect(hidden, `${name}: focus behind something`).toBeNull()
  }
}

/** Every disclosure opens and closes by Enter, as far as the state has any. */
export async function expectDisclosuresOpen(page: Page, name: string): Promise<void> {
  const summary = page.locator('main summary').first()
  if ((await summary.count()) === 0) return
  const isOpen = () => summary.evaluate((element) => (element.parentElement as HTMLDetailsElement).open)
  const before = await isOpen()
  await summary.focus()
  await page.keyboard.press('Enter')
  expect(await isOpen(), `${name}: Enter on its first disclosure`).toBe(!before)
}

/** Nothing extends beyond the edges of a narrow screen. */
export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  // The frame of the console moves to a new size over some frames.
  await expect.poll(beyond, `${name}: pixels beyond the edge`).toBeLessThanOrEqual(0)
}
