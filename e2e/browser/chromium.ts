const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How the tests start the Chromium at this path, or Playwright's own. */
const startedFrom = (path: string | undefined) => ({
  args: ARGS,
  ...(path ? { executablePath: path } : {}),
})

/**
 * Chromium without its windows, as Playwright starts it where nobody looks: the same engine for two thirds of the
 * processor time. Where there is none, the whole browser.
 */
export const HEADLESS_SHELL = startedFrom(process.env.CHROMIUM_SHELL_PATH ?? process.env.CHROMIUM_PATH)

/** `test.use(...)` this where the browser itself is tested: its windows, and what it denies to other sites' frames. */
export const WHOLE_BROWSER = { launchOptions: startedFrom(process.env.CHROMIUM_PATH) }
