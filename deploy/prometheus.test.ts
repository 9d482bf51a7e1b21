import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'

const promtool = findProgram(['promtool'])
const folder = path.join(import.meta.dirname, 'prometheus')

test.skipIf(!promtool)('promtool: the rules are valid', () => {
  const { status, stdout, stderr } = spawnSync(promtool!, ['check', 'rules', 'alerts.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(status, stdout + stderr).toBe(0)
})
