const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * What moves is drawn sixty times a second, for nobody: a third of what a page of the console costs. The whole browser
 * and `npm run torture` show the motion that most people see.
 */
const STILL = process.env.ARRAYDROP_TORTURE === '1' ? [] : ['--force-prefers-reduced-motion']

/** What is drawn is seen by nobody: it needs neither a process nor threads of its own, which is a tenth of a visit's cost. */
const DRAWN_ASIDE = ['--in-process-gpu', '--num-raster-threads=1']

/** How the tests start the Chromium at this path, or Playwright's own. */
const startedFrom = (path: string | undefined, more: string[] = []) => ({
  args: [...ARGS, ...more],
  ...(path ? { executablePath: path } : {}),
})

/**
 * Chromium without its windows, as Playwright starts it where nobody looks: the same engine for two thirds of the
 * processor time. Where there is none, the whole browser.
 */
export const HEADLESS_SHELL = startedFrom(process.env.CHROMIUM_SHELL_PATH ?? process.env.CHROMIUM_PATH, [
  ...STILL,
  ...DRAWN_ASIDE,
])

/** `test.use(...)` this where the browser itself is tested: its windows, and what it denies to other sites' frames. */
export const WHOLE_BROWSER = { launchOptions: startedFrom(process.env.CHROMIUM_PATH, DRAWN_ASIDE) }
