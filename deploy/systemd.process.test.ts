import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
// Plain JavaScript: the runner of the tests uses the same.
import { findProgram } from '../bin/testing/find-programs.mjs'

const analyze = findProgram(['systemd-analyze'])
const unit = readFileSync(path.join(import.meta.dirname, 'systemd/arraydrop.service'), 'utf8')

test.skipIf(!analyze)('systemd: the unit has only settings that systemd knows', () => {
  const complaints = (text: string) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-systemd-'))
    const file = path.join(folder, 'arraydrop.service')
    // The machine of the tests need not have npm there.
    writeFileSync(file, text.replace('/usr/bin/npm start', '/bin/true'))
    const { stdout, stderr } = spawnSync(analyze!, ['verify', '--man=no', '--recursive-errors=no', file], {
      encoding: 'utf8',
    })
    rmSync(folder, { recursive: true, force: true })
    return (stdout + stderr).split('\n').filter((line) => line.includes('arraydrop.service'))
  }
  expect(complaints(unit)).toEqual([])
  expect(complaints(unit.replace('ProtectHome', 'ProtectHomes')).join()).toContain('ProtectHomes')
})

test('The unit lets the service say that it is ready and alive, by a program of its own', () => {
  for (const setting of ['Type=notify', 'NotifyAccess=all', 'Restart=always']) expect(unit).toContain(setting)
  expect(Number(/WatchdogSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(0)
})

test('The unit gives a stop as long as the service may need', () => {
  const [, seconds] = /TimeoutStopSec=(\d+)/.exec(unit) ?? []
  expect(Number(seconds)).toBeGreaterThan(45)
  expect(unit).toContain('KillMode=mixed')
})
