import { globSync } from 'node:fs'
import { isProgram, programOf } from './program-of.mjs'

/** Debian's packages that bring the two engines. */
export const FIREFOX_PACKAGES = ['firefox-esr']
export const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'xvfb']

const MINI_BROWSERS = '/usr/lib/*/webkit2gtk-4.*/MiniBrowser'

/** The Firefox of FIREFOX_PATH, or the system's extended support release; undefined where there is none. */
export function findFirefox(env = process.env) {
  if (env.FIREFOX_PATH) return isProgram(env.FIREFOX_PATH) ? env.FIREFOX_PATH : undefined
  return programOf(['firefox-esr'], env)
}

/** WebKitGTK's browser, the program that drives it, and a screen without a monitor; undefined unless all are here. */
export function findWebKit(env = process.env) {
  const driver = programOf(['WebKitWebDriver'], env)
  const screen = programOf(['Xvfb'], env)
  const browser = globSync(MINI_BROWSERS).sort().at(-1)
  return driver && screen && browser ? { driver, screen, browser } : undefined
}
