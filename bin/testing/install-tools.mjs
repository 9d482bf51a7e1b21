import { CHROMIUM_PACKAGES, downloadChromium, findChromium } from './find-chromium.mjs'
import { FIREFOX_PACKAGES, findFirefox, findWebKit, WEBKIT_PACKAGES } from './find-programs.mjs'
import { RGW_PACKAGES, rgwIsHere } from './find-rgw.mjs'
import { programOf } from './program-of.mjs'
import { runLeashed } from './run-supervised.mjs'

const PACKAGES_MS_MAX = 600_000

/**
 * What the suites need beside the project: other engines and an S3 server by the distribution's packages where this
 * is root on Debian, and a Chromium wherever one can be had. Answers the Chromium as `findChromium` does; of the rest
 * the suites find out themselves what is here.
 */
export async function installTools(env, say) {
  const chromium = await findChromium(env)
  const missing = [
    chromium ? [] : CHROMIUM_PACKAGES,
    findFirefox(env) ? [] : FIREFOX_PACKAGES,
    findWebKit(env) ? [] : WEBKIT_PACKAGES,
    rgwIsHere(env) ? [] : RGW_PACKAGES,
  ].filter((packages) => packages.length > 0)
  if (missing.length > 0 && process.getuid?.() === 0 && programOf(['apt-get'], env)) {
    await installPackages(missing, env, say)
  }
  return chromium ?? (await findChromium(env)) ?? downloadChromium(env, say)
}

/** Groups of packages in one go, or, where the distribution does not know them all, each group by itself. */
export async function installPackages(groups, env, say) {
  say(`installing ${groups.flat().join(', ')} for the tests …`)
  const apt = async (...args) => {
    const { code } = await runLeashed({
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
