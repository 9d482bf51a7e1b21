import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const LOCK = path.resolve(import.meta.dirname, 'setup-lock.mjs')
let directory: string
let journal: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-l-'))
  journal = path.join(directory, 'journal')
  writeFileSync(journal, '')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** A process that writes "in" and "out" around some work under the lock, or dies inside. */
function worker(inside: string): ChildProcess {
  const script = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout as delay } from 'node:timers/promises'
    import { withSetupLock } from ${JSON.stringify(LOCK)}
    const note = (line) => appendFileSync(${JSON.stringify(journal)}, line + '\\n')
    await withSetupLock(${JSON.stringify(path.join(directory, 'lock'))}, async () => { note('in'); ${inside}; note('out') })`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))
const lines = () => readFileSync(journal, 'utf8').trim().split('\n')
const onceInside = (child: ChildProcess) => new Promise((resolve) => child.stdout?.once('data', resolve))

test('Processes that set up one clone at the same time take turns', async () => {
  await Promise.all([1, 2, 3, 4].map(() => ended(worker('await delay(30)'))))
  expect(lines()).toEqual(Array(4).fill(['in', 'out']).flat())
})

test('A lock whose owner was killed is taken over by exactly one at a time', async () => {
  const owner = worker(`process.stdout.write('.'); await delay(1e6)`)
  await onceInside(owner)
  appendFileSync(journal, 'killed\n')
  owner.kill('SIGKILL')
  await ended(owner)
  await Promise.all([1, 2, 3].map(() => ended(worker('await delay(30)'))))
  expect(lines()).toEqual(['in', 'killed', 'in', 'out', 'in', 'out', 'in', 'out'])
})

test('A lock is free once its owner is done, even while the owner lives', async () => {
  const { withSetupLock } = await import(LOCK)
  const at = path.join(directory, 'lock')
  await withSetupLock(at, () => appendFileSync(journal, 'first\n'))
  await expect(withSetupLock(at, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
  await withSetupLock(at, () => appendFileSync(journal, 'third\n'))
  expect(lines()).toEqual(['first', 'third'])
})
