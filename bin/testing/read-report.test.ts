import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readReport } from './read-report.mjs'

const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-r-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function read(kind: 'vitest' | 'playwright', report: unknown, exitCode = 0, leftOut?: string) {
  const file = path.join(directory, 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return readReport(kind, file, exitCode, leftOut)
}
const vitestFile = (status: string, ...tests: [string, string][]) => ({
  status,
  assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
})
const playwrightTest = (title: string, status: string, annotations: object[] = []) => ({
  title,
  tests: [{ status, annotations, projectName: '' }],
})

test('Passed and failed tests are counted; skipped tests are named and never count as passed', () => {
  const testResults = [
    vitestFile('failed', ['a works', 'passed'], ['b works', 'failed']),
    vitestFile('passed', ['c works', 'passed'], ['needs S3', 'skipped'], ['later', 'todo']),
  ]
  expect(read('vitest', { testResults }, 1)).toEqual({
    passed: 2,
    failed: 1,
    notRun: ['needs S3', 'later'],
    engines: [],
  })
})

test('A test that is left out by its tag is neither passed nor named; without the tag, or run, it is as any other', () => {
  const assertionResults = [
    { fullName: 'a works', status: 'passed', tags: [] },
    { fullName: 'takes hours', status: 'skipped', tags: ['torture'] },
    { fullName: 'breaks after hours', status: 'failed', tags: ['torture'] },
    { fullName: 'needs S3', status: 'skipped', tags: ['other'] },
  ]
  const report = { testResults: [{ status: 'failed', assertionResults }] }
  expect(read('vitest', report, 1, 'torture')).toMatchObject({ passed: 1, failed: 1, notRun: ['needs S3'] })
  expect(read('vitest', report, 1)).toMatchObject({
    passed: 1,
    failed: 1,
    notRun: ['takes hours', 'needs S3'],
  })
})

test('A file that could not be loaded counts as a failure, next to those of other files', () => {
  const testResults = [
    vitestFile('failed'),
    vitestFile('failed', ['b works', 'failed']),
    vitestFile('failed'),
  ]
  expect(read('vitest', { testResults }, 1)).toMatchObject({ passed: 0, failed: 3 })
})

test('Browser tests are counted at every depth; one that passed only on a retry has not passed', () => {
  const inner = {
    title: 'inner',
    specs: [playwrightTest('flaky', 'flaky'), playwrightTest('bad', 'unexpected')],
  }
  const skip = { type: 'skip', description: 'no WebKit here' }
  const suite = {
    title: 'a.spec.ts',
    specs: [playwrightTest('good', 'expected'), playwrightTest('webkit', 'skipped', [skip])],
    suites: [inner],
  }
  const notRun = ['a.spec.ts › webkit (no WebKit here)']
  const counts = { passed: 1, failed: 2, notRun, engines: [] }
  expect(read('playwright', { suites: [suite], errors: [] }, 1)).toEqual(counts)
  expect(read('playwright', { suites: [], errors: [{ message: 'no config' }] }, 1)).toMatchObject({
    failed: 1,
  })
})

test('An engine is listed when it ran, and listed once as missing when all of its tests were skipped', () => {
  const skip = { type: 'skip', description: 'WebKit: none here' }
  const engine = (description: string) => ({ type: 'engine', description })
  const specs = [
    playwrightTest('one', 'expected', [engine('Firefox 153')]),
    playwrightTest('two', 'unexpected', [engine('Firefox 153')]),
    playwrightTest('three', 'skipped', [skip, engine('WebKitGTK 2')]),
    playwrightTest('four', 'skipped', [skip]),
  ]
  const report = { suites: [{ title: 'a.spec.ts', specs }], errors: [] }
  expect(read('playwright', report, 1)).toMatchObject({
    notRun: ['WebKit: none here'],
    engines: ['Firefox 153'],
  })
})

test('A suite that ran nothing, crashed at the end or wrote no report has failed', () => {
  expect(read('vitest', { testResults: [] })).toMatchObject({ passed: 0, failed: 1 })
  const testResults = [vitestFile('passed', ['a works', 'passed'])]
  expect(read('vitest', { testResults }, 1)).toMatchObject({ passed: 1, failed: 1 })
  expect(readReport('vitest', path.join(directory, 'missing.json'), 0)).toMatchObject({
    passed: 0,
    failed: 1,
  })
})
