import { readdirSync } from 'node:fs'
import path from 'node:path'
import { isProgram, programOf } from './program-of.mjs'

/** Debian's packages that bring the two engines. */
export const FIREFOX_PACKAGES = ['firefox-esr']
export const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'xvfb']

/** Below it, a folder per architecture, and in that one per version of WebKitGTK. */
const LIBRARIES = '/usr/lib'

/** The Firefox of FIREFOX_PATH, or the system's extended support release; undefined where there is none. */
export function findFirefox(env = process.env) {
  if (env.FIREFOX_PATH) return isProgram(env.FIREFOX_PATH) ? env.FIREFOX_PATH : undefined
  return programOf(['firefox-esr'], env)
}

/** WebKitGTK's browser, the program that drives it, and a screen without a monitor; undefined unless all are here. */
export function findWebKit(env = process.env) {
  const driver = programOf(['WebKitWebDriver'], env)
  const screen = programOf(['Xvfb'], env)
  const browser = miniBrowsers().sort().at(-1)
  return driver && screen && browser ? { driver, screen, browser } : undefined
}

function miniBrowsers() {
  const versions = foldersIn(LIBRARIES).flatMap((architecture) =>
    foldersIn(architecture).filter((folder) => path.basename(folder).startsWith('webkit2gtk-4.')),
  )
  return versions.map((version) => path.join(version, 'MiniBrowser')).filter(isProgram)
}

function foldersIn(folder) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name))
  } catch {
    return []
  }
}
