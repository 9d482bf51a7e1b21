import { readFileSync } from 'node:fs'

/** A reason such as `Firefox: none here` names what is missing; it is listed once for all tests skipped for it. */
const NAMES_WHAT_IS_MISSING = /^\w+: /

/**
 * The results of a suite's machine-readable report: `{ passed, failed, notRun, engines }`, where `notRun` names skipped tests
 * and `engines` the browsers, with their versions, that tests say they ran in.
 * Skipped tests that carry the tag `leftOut` were left out on purpose and are not named, just as Playwright does not report them.
 * Each file that crashed outside of its tests counts as one failed, and so does a report that is missing or empty.
 */
export function readReport(kind, file, exitCode, leftOut) {
  const tests = readTests(kind, file, leftOut)
  const failed = tests.failed + tests.crashed
  const silent = failed === 0 && (tests.passed === 0 || exitCode !== 0)
  const { passed, notRun, engines = [] } = tests
  return { passed, failed: failed + (silent ? 1 : 0), notRun, engines }
}

function readTests(kind, file, leftOut) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return kind === 'playwright' ? playwrightTests(report) : vitestTests(report, leftOut)
  } catch {
    return { passed: 0, failed: 0, notRun: [], crashed: 1 }
  }
}

function vitestTests(report, leftOut) {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const skipped = tests.filter(
    ({ status, tags }) => status !== 'passed' && status !== 'failed' && !tags?.includes(leftOut),
  )
  const count = (wanted) => tests.filter(({ status }) => status === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    notRun: skipped.map((test) => test.fullName),
    // A file that could not be loaded has failed, but contains no failed test.
    crashed: report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    ).length,
  }
}

function playwrightTests(report) {
  const tests = report.suites.flatMap((suite) => testsOf(suite, []))
  const count = (...wanted) => tests.filter(({ status }) => wanted.includes(status)).length
  return {
    passed: count('expected'),
    // A test that passed only on a retry does not count as passed.
    failed: count('unexpected', 'flaky'),
    notRun: [...new Set(tests.filter(({ status }) => status === 'skipped').map(namedBy))],
    engines: [...new Set(tests.flatMap(({ status, engines }) => (status === 'skipped' ? [] : engines)))],
    crashed: report.errors.length,
  }
}

function namedBy({ title, why = '' }) {
  if (NAMES_WHAT_IS_MISSING.test(why)) return why
  return why ? `${title} (${why})` : title
}

function testsOf(suite, above) {
  const titles = [...above, suite.title]
  const here = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => {
      const notes = (wanted) =>
        test.annotations.filter(({ type }) => type === wanted).map(({ description }) => description)
      const title = [...titles, spec.title].filter(Boolean).join(' › ')
      const browser = test.projectName ? ` [${test.projectName}]` : ''
      const [why] = notes('skip')
      return { status: test.status, title: title + browser, why, engines: notes('engine') }
    }),
  )
  return [...here, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, titles))]
}
