import { createRequire } from 'node:module'
import path from 'node:path'
import { inProject } from '../project-root.mjs'
import { runSupervised } from './run-supervised.mjs'

/** Debian's packages. */
export const CHROMIUM_PACKAGES = ['chromium']
export const HEADLESS_SHELL_PACKAGES = ['chromium-headless-shell']

const SYSTEM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const HEADLESS_SHELL = ['chromium-headless-shell']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const VERSION_MS_MAX = 20_000
const DOWNLOAD_MS_MAX = 180_000

/**
 * A Chromium that runs here: from CHROMIUM_PATH, the system's, or Playwright's own. `undefined` when there is
 * none; `{ path: undefined }` means Playwright's own.
 */
export async function findChromium(env) {
  if (env.CHROMIUM_PATH)
    return (await tells(env.CHROMIUM_PATH, env)) ? { path: env.CHROMIUM_PATH } : undefined
  for (const program of [...inPath(SYSTEM, env), ...(process.platform === 'darwin' ? MAC : [])]) {
    if (await tells(program, env)) return { path: program }
  }
  const own = createRequire(import.meta.url)('playwright').chromium.executablePath()
  return (await tells(own, env)) ? { path: undefined } : undefined
}

/** The path of a Chromium without windows, which most browser tests run in; `undefined` when there is none. */
export async function findHeadlessShell(env) {
  const programs = env.CHROMIUM_SHELL_PATH ? [env.CHROMIUM_SHELL_PATH] : inPath(HEADLESS_SHELL, env)
  for (const program of programs) if (await tells(program, env)) return program
  return undefined
}

/** Playwright's own Chromium, downloaded; `undefined` when that is not possible. */
export async function downloadChromium(env, say) {
  say('downloading Chromium …')
  await run([process.execPath, inProject('node_modules/playwright/cli.js'), 'install', 'chromium'], env)
  return findChromium(env)
}

const tells = (program, env) => run([program, '--version'], env, VERSION_MS_MAX)

const inPath = (names, { PATH = '' }) =>
  PATH.split(path.delimiter).flatMap((directory) => names.map((name) => path.join(directory, name)))

async function run(command, env, limitMs = DOWNLOAD_MS_MAX) {
  const { code } = await runSupervised({ label: 'chromium', command, env, limitMs })
  return code === 0
}
