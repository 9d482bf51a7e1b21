import {
  CHROMIUM_PACKAGES,
  downloadChromium,
  findChromium,
  findHeadlessShell,
  HEADLESS_SHELL_PACKAGES,
} from './find-chromium.mjs'
import { findHelm, installHelm } from './find-helm.mjs'
import {
  BEAGLE_PACKAGES,
  beagleIsHere,
  FASTAPI_PACKAGES,
  FIREFOX_PACKAGES,
  findFirefox,
  findProgram,
  findWebKit,
  MINIMAC4_PACKAGES,
  minimac4IsHere,
  RGW_PACKAGES,
  rgwIsHere,
  WEBKIT_PACKAGES,
} from './find-programs.mjs'
import { runSupervised } from './run-supervised.mjs'

const PACKAGES_MS_MAX = 600_000

/**
 * Install what the suites need besides the project: other engines, an S3 server and the programs that impute from Debian's packages when
 * running as root, Helm, and a Chromium wherever possible. Returns the Chromium as `findChromium` does; the suites look for the rest
 * themselves.
 */
export async function installTools(env, say) {
  const chromium = await findChromium(env)
  const missing = [
    chromium ? [] : CHROMIUM_PACKAGES,
    (await findHeadlessShell(env)) ? [] : HEADLESS_SHELL_PACKAGES,
    findFirefox(env) ? [] : FIREFOX_PACKAGES,
    findWebKit(env) ? [] : WEBKIT_PACKAGES,
    rgwIsHere(env) ? [] : RGW_PACKAGES,
    beagleIsHere(env) ? [] : BEAGLE_PACKAGES,
    minimac4IsHere(env) ? [] : MINIMAC4_PACKAGES,
    env.ARRAYDROP_TORTURE === '1' ? FASTAPI_PACKAGES : [],
  ].filter((packages) => packages.length > 0)
  if (missing.length > 0 && process.getuid?.() === 0 && findProgram(['apt-get'], env)) {
    await installPackages(missing, env, say)
  }
  if (!findHelm(env)) await installHelm(env, say)
  return chromium ?? (await findChromium(env)) ?? downloadChromium(env, say)
}

/** Install groups of packages at once or, when the distribution does not know all of them, group by group. */
export async function installPackages(groups, env, say) {
  say(`installing ${groups.flat().join(', ')} for the tests …`)
  const apt = async (...args) => {
    const { code } = await runSupervised({
      label: 'packages',
      command: ['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120', ...args],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      limitMs: PACKAGES_MS_MAX,
    })
    return code === 0
  }
  const install = (packages) => apt('install', '-y', '--no-install-recommends', ...packages)
  await apt('update')
  if (await install(groups.flat())) return
  for (const group of groups) await install(group)
}
