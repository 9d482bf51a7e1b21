import { readFileSync } from 'node:fs'

/**
 * What a suite's machine-readable report says: `{ passed, failed, notRun }`, where `notRun` names skipped tests.
 * A report that is missing, empty or says that something crashed outside of a test counts as one failed.
 */
export function readReport(kind, file, exitCode) {
  const tests = readTests(kind, file)
  const crashed = tests.crashed || tests.passed + tests.failed === 0 || (exitCode !== 0 && tests.failed === 0)
  return { passed: tests.passed, failed: tests.failed + (crashed ? 1 : 0), notRun: tests.notRun }
}

function readTests(kind, file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return kind === 'playwright' ? playwrightTests(report) : vitestTests(report)
  } catch {
    return { passed: 0, failed: 0, notRun: [], crashed: true }
  }
}

function vitestTests(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  const count = (wanted) => tests.filter(({ status }) => status === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    notRun: skipped.map((test) => test.fullName),
    // A file that could not be loaded is failed, and has no failed test in it.
    crashed: report.testResults.some(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    ),
  }
}

function playwrightTests(report) {
  const tests = report.suites.flatMap((suite) => testsOf(suite, []))
  const count = (...wanted) => tests.filter(({ status }) => wanted.includes(status)).length
  return {
    passed: count('expected'),
    // Passed at a second try only is not passed.
    failed: count('unexpected', 'flaky'),
    notRun: tests.filter(({ status }) => status === 'skipped').map(({ title, why }) => title + why),
    crashed: report.errors.length > 0,
  }
}

function testsOf(suite, above) {
  const titles = [...above, suite.title]
  const here = suite.specs.flatMap((spec) =>
    spec.tests.map((test) => {
      const why = test.annotations.find(({ type }) => type === 'skip')?.description
      const title = [...titles, spec.title].filter(Boolean).join(' › ')
      const browser = test.projectName ? ` [${test.projectName}]` : ''
      return { status: test.status, title: title + browser, why: why ? ` (${why})` : '' }
    }),
  )
  return [...here, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, titles))]
}
