import { defineConfig } from '@playwright/test'
import { HEADLESS_SHELL } from './e2e/browser/chromium.ts'

const only = (...names: string[]) => names.map((name) => `**/${name}.spec.ts`)
/** `npm run torture` alone has time for these: the first is an hour long. */
const LONG =
  process.env.ARRAYDROP_TORTURE === '1' || process.env.SOAK_MINUTES ? [] : only('soak', 'upgrade', 'examples')
/**
 * These need another browser, or fixtures of a worker of their own. For each change between them and the others a worker
 * would begin again, with a service and a browser: they run first, one after the other.
 */
const OTHER_WORKERS = only('doctor', 'embed', 'fastq-runs', 'hosts', 'journey', 'runs')

/**
 * Black-box tests: public HTTP, and what a screen reader sees. Each worker starts a service of its own (e2e/fixtures.ts),
 * so tests may move its clock or kill it. `bin/test.mjs` finds the browsers and names
 * them in CHROMIUM_PATH and CHROMIUM_SHELL_PATH.
 */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/service/database-template.ts',
  testMatch: '**/*.spec.ts',
  projects: [
    { name: 'other workers', testMatch: OTHER_WORKERS },
    { name: 'e2e', testIgnore: [...OTHER_WORKERS, ...LONG] },
  ],
  // More than half of what they do is waiting: four keep two cores busy.
  workers: 4,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // For what hangs, not for what a busy machine makes slow: moving the clock ends every session of a worker at once.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    trace: 'off',
    launchOptions: HEADLESS_SHELL,
  },
})
