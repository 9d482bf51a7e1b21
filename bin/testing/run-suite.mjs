import path from 'node:path'
import { inProject } from '../project-root.mjs'
import { readReport } from './read-report.mjs'
import { runSupervised } from './run-supervised.mjs'

const MINUTE = 60_000
/** The tag of tests that `npm run torture` alone runs (docs/torture.md). */
const LEFT_OUT = 'torture'
const TOOL = (file, ...args) => [process.execPath, inProject('node_modules', file), ...args]

/**
 * The commands of each suite, in order; a suite without a report counts as one test. The minutes are for what hangs: a
 * machine that is slow or busy needs three times as long as a quick one.
 */
const SUITES = {
  lint: { minutes: 5, commands: () => [TOOL('@biomejs/biome/bin/biome', 'check', '.')] },
  types: {
    minutes: 10,
    // Beside the unit tests: in several threads each checks shared types for itself, which doubles the work.
    commands: () => [
      TOOL('next/dist/bin/next', 'typegen'),
      TOOL('typescript/bin/tsc', '-p', '.', '--singleThreaded'),
    ],
  },
  unit: { minutes: 15, report: 'vitest', commands: vitest('unit') },
  integration: { minutes: 25, report: 'vitest', commands: vitest('integration') },
  build: { minutes: 10, commands: () => [[process.execPath, inProject('bin/build.mjs')]] },
  e2e: {
    minutes: 75,
    report: 'playwright',
    commands: (_, { ARRAYDROP_TORTURE }) => [
      TOOL(
        '@playwright/test/cli.js',
        'test',
        '--reporter=list,json,./e2e/failed-screens-reporter.ts',
        ...(ARRAYDROP_TORTURE ? [] : [`--grep-invert=@${LEFT_OUT}`]),
      ),
    ],
  },
}

/** A kind of tests, with those of it that run by themselves or once more in another time zone. */
function vitest(project) {
  const projects = ['--project', project, '--project', `${project}-*`]
  const reporters = ['--reporter=default', '--reporter=json']
  return (report, { ARRAYDROP_TORTURE }) => [
    TOOL(
      'vitest/vitest.mjs',
      'run',
      ...projects,
      ...reporters,
      `--outputFile.json=${report}`,
      ...(ARRAYDROP_TORTURE ? [] : [`--tags-filter=!${LEFT_OUT}`]),
    ),
  ]
}

/**
 * Run one suite. Resolves, never rejects, with its counts, seconds, what it could not run and, where it failed, what
 * it printed. A suite that crashed, ran out of time or ran nothing counts as failed.
 */
export async function runSuite(name, { env, reports, limitFactor }) {
  const { minutes, report, commands } = SUITES[name]
  const file = path.join(reports, `${name}.json`)
  const started = performance.now()
  const said = []
  const outputs = []
  let last = { code: 0, timedOut: false }
  for (const command of commands(file, env)) {
    last = await runSupervised({
      label: name,
      command,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      limitMs: minutes * MINUTE * limitFactor,
      onLine: (line) => line.startsWith('not run: ') && said.push(line.slice('not run: '.length)),
    })
    outputs.push(last.output)
    if (last.code !== 0 || last.timedOut) break
  }
  const seconds = (performance.now() - started) / 1000
  const passed = last.code === 0 && !last.timedOut
  const counts = report
    ? readReport(report, file, last.timedOut ? 1 : last.code, env.ARRAYDROP_TORTURE ? undefined : LEFT_OUT)
    : { passed: passed ? 1 : 0, failed: passed ? 0 : 1, notRun: [] }
  return {
    name,
    seconds,
    ...counts,
    notRun: [...said, ...counts.notRun],
    note: last.timedOut ? 'ended: took too long' : '',
    output: counts.failed > 0 ? outputs.join('') : '',
  }
}
