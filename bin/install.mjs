import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bundledNodePackage } from './bundled-node.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { withSetupLock } from './setup-lock.mjs'

/** Install the dependencies if needed. When that fails, the process ends with npm's exit code. Prints to stderr only. */
export async function install() {
  if (isInstalled(projectRoot)) return
  await withSetupLock(inProject('.setup'), () => {
    if (isInstalled(projectRoot)) return
    console.error('installing dependencies …')
    const status = runNpmCi()
    if (status === 0) return
    console.error('npm ci failed; see above.')
    process.exit(status ?? 1)
  })
}

/**
 * True when node_modules holds what the lock file says. npm writes its hidden lock file last, so an interrupted
 * install never looks complete, and an install that a developer made counts.
 */
export function isInstalled(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  const node = `node_modules/${bundledNodePackage()}`
  return Object.entries(wanted).every(([where, { version, optional, link }]) => {
    if (where === '' || link) return true
    if (where === node && !existsSync(path.join(root, node))) return false
    // npm skips optional packages of other platforms, by its own rules.
    return present[where] ? present[where].version === version : optional
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

function runNpmCi() {
  const started = process.env.npm_execpath
  const npm = path.basename(started ?? '') === 'npm-cli.js' ? [process.execPath, started] : ['npm']
  const include = ['--include=dev', '--include=optional', '--ignore-scripts']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(npm[0], [...npm.slice(1), 'ci', ...include, ...quiet], {
    cwd: projectRoot,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && npm[0] === 'npm',
    env: { ...process.env, NODE_ENV: '' },
  })
  if (error) console.error(error.message)
  return status
}
