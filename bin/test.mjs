// What `npm test`, `npm run verify` and `npm run torture` run: installs what is missing, runs the suites and prints the totals.
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundledNode, withNodeFirst } from './bundled-node.mjs'
import { install } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { replaceProcess } from './replace-process.mjs'
import { findHeadlessShell } from './testing/find-chromium.mjs'
import { installTools } from './testing/install-tools.mjs'
import { printResults } from './testing/print-results.mjs'
import { runSuite } from './testing/run-suite.mjs'
import { endAll } from './testing/run-supervised.mjs'

/** A developer's own settings must not change what the tests see. */
const SETTINGS =
  /^(PORT|HOST|PUBLIC_URL|DATA_DIR|DATABASE_URL|STORAGE_URL|APP_SECRET|WORKER|LOG_LEVEL|TRUST_PROXY|NODE_ENV|NODE_OPTIONS|PG_BIN_DIR|DATABASE_MEMORY_MB|REFERENCE_FASTA|ANALYSIS_COMMAND|IMPUTATION_[A-Z_]*|BEAGLE_JAR|JAVA|EAGLE|MINIMAC4|ENCRYPT_AT_REST|ALLOW_PRIVATE_TARGETS|(OTEL|ARRAYDROP|VITEST)_.*)$/
const TORTURE_LIMIT_FACTOR = 60

const verify = process.argv.includes('--verify')
const torture = process.argv.includes('--torture')
let summedUp = false
process.on('exit', (code) => {
  // A crash of the runner must not look like a success to a reader of the last line.
  if (!summedUp && code !== 0) console.log('0 passed, 1 failed')
})

await install({ development: true })
const node = bundledNode()
if (realpathSync(node) === realpathSync(process.execPath)) await main()
else {
  summedUp = true // the other process prints the totals
  replaceProcess(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], process.env)
}

async function main() {
  process.chdir(projectRoot)
  const reports = mkdtempSync(path.join(tmpdir(), 'arraydrop-reports-'))
  chmodSync(reports, 0o700)
  process.on('exit', () => rmSync(reports, { recursive: true, force: true }))
  stopWithEverything()
  const results = await runAll({
    env: environment(reports),
    reports,
    limitFactor: torture ? TORTURE_LIMIT_FACTOR : 1,
  })
  const well = printResults(results)
  summedUp = true
  process.exitCode = well ? 0 : 1
}

/** Hundreds of processes load the same modules: what Node compiled once for this run, the others read. */
function environment(reports) {
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name))
  const quiet = { NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' }
  const more = torture ? { ARRAYDROP_TORTURE: '1' } : {}
  const compiled = { NODE_COMPILE_CACHE: path.join(reports, 'compiled') }
  return withNodeFirst({ ...Object.fromEntries(kept), ...quiet, ...compiled, ...more })
}

/** At most two suites at a time, for two cores; the browser tests run alone, because they are sensitive to load. */
async function runAll(setting) {
  const suite = async (name, more = {}) => {
    const result = await runSuite(name, { ...setting, ...more })
    report(result)
    return result
  }
  const chromium = verify ? undefined : installTools(setting.env, console.log)
  const first = await Promise.all([
    suite('lint').then(async (lint) => [lint, await suite('types')]),
    suite('unit'),
  ])
  if (verify) return first.flat()
  // The tools include the S3 server that this suite needs.
  const [built, integration] = await Promise.all([suite('build'), chromium.then(() => suite('integration'))])
  const e2e = await endToEnd(suite, setting, built, await chromium)
  return [...first.flat(), integration, built, e2e]
}

async function endToEnd(suite, { env }, built, chromium) {
  const cannot = (note) => ({ name: 'e2e', passed: 0, failed: 1, seconds: 0, notRun: [], output: '', note })
  if (built.failed > 0) return cannot('there is no build')
  if (!chromium) return cannot('no Chromium runs here, and none could be installed')
  const shell = await findHeadlessShell(env)
  return suite('e2e', { env: { ...env, CHROMIUM_PATH: chromium.path, CHROMIUM_SHELL_PATH: shell } })
}

function report({ name, passed, failed, seconds, output }) {
  if (output) console.log(`\n──── ${name}\n${output.trimEnd()}\n────`)
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`)
}

/** On Ctrl-C, SIGTERM and the end of the parent process, no child may survive. */
function stopWithEverything() {
  const stop = (code) => async () => {
    await endAll()
    process.exit(code)
  }
  process.once('SIGINT', stop(130))
  process.once('SIGTERM', stop(143))
  process.once('SIGHUP', stop(129))
  process.once('disconnect', stop(1))
  process.channel?.unref() // listening must not keep this process alive
}
