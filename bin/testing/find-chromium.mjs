import { createRequire } from 'node:module'
import path from 'node:path'
import { inProject } from '../project-root.mjs'
import { runLeashed } from './run-leashed.mjs'

const SYSTEM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const VERSION_MS_MAX = 20_000
const DOWNLOAD_MS_MAX = 180_000
const PACKAGE_MS_MAX = 300_000

/**
 * A Chromium that runs here: the one of CHROMIUM_PATH, the system's, Playwright's own, downloaded when missing, or as
 * root the distribution's package. `undefined` where there is none; `{ path: undefined }` means Playwright's own.
 */
export async function findChromium(env, say) {
  const version = (program) => run([program, '--version'], env, VERSION_MS_MAX)
  if (env.CHROMIUM_PATH) return (await version(env.CHROMIUM_PATH)) ? { path: env.CHROMIUM_PATH } : undefined
  const system = async () => {
    for (const program of candidates(env)) if (await version(program)) return { path: program }
  }
  const playwrights = async () => {
    const own = createRequire(import.meta.url)('playwright').chromium.executablePath()
    return (await version(own)) ? { path: undefined } : undefined
  }
  const found = (await system()) ?? (await playwrights())
  if (found) return found
  say('downloading Chromium …')
  const playwright = [process.execPath, inProject('node_modules/playwright/cli.js')]
  await run([...playwright, 'install', 'chromium'], env, DOWNLOAD_MS_MAX)
  const downloaded = await playwrights()
  if (downloaded || process.getuid?.() !== 0) return downloaded
  say('installing the chromium package …')
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' }
  await run(['apt-get', 'update', '-q'], quiet, PACKAGE_MS_MAX)
  await run(['apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium'], quiet, PACKAGE_MS_MAX)
  return (await system()) ?? (await playwrights())
}

const candidates = ({ PATH = '' }) => [
  ...PATH.split(path.delimiter).flatMap((directory) => SYSTEM.map((name) => path.join(directory, name))),
  ...(process.platform === 'darwin' ? MAC : []),
]

async function run(command, env, limitMs) {
  const { code } = await runLeashed({ label: 'chromium', command, env, limitMs })
  return code === 0
}
