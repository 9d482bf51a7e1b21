import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'

const LEASH = path.resolve(import.meta.dirname, 'supervise.mjs')

/** Starts a child in its group and a server of its own group, prints their numbers, and stays unless told to end. */
const script = (end: string) => `
  const { spawn } = require('node:child_process')
  const idle = 'setInterval(() => {}, 1e6)'
  const child = spawn(process.execPath, ['-e', idle], { stdio: 'ignore' })
  const server = spawn(process.execPath, ['-e', idle, process.env.TMPDIR + '/data'], { stdio: 'ignore', detached: true })
  server.unref()
  console.log(JSON.stringify({ pids: [process.pid, child.pid, server.pid], directory: process.env.TMPDIR }))
  ${end}`

async function leashed(end: string) {
  const leash = spawn(process.execPath, [LEASH, 'test', process.execPath, '-e', script(end)])
  const ended = new Promise<number | null>((resolve) => leash.once('exit', resolve))
  const line = await new Promise<string>((resolve) =>
    leash.stdout.once('data', (chunk) => resolve(String(chunk))),
  )
  return { leash, ended, ...(JSON.parse(line) as { pids: number[]; directory: string }) }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const nothingLeft = (pids: number[], directory: string) =>
  vi.waitUntil(() => !pids.some(isAlive) && !existsSync(directory), { timeout: 20_000 })

const letGo = (leash: ChildProcess) => leash.stdin?.destroy()

test.runIf(process.platform === 'linux')(
  'When its runner lets go, a suite ends with its children, its servers and its directory',
  async () => {
    const { leash, ended, pids, directory } = await leashed('')
    expect(pids.every(isAlive)).toBe(true)
    letGo(leash)
    await ended
    await nothingLeft(pids, directory)
  },
)

test.runIf(process.platform === 'linux')(
  'A suite that ends by itself leaves nothing behind either, and its exit code is passed on',
  async () => {
    const { ended, pids, directory } = await leashed('process.exitCode = 3; child.unref()')
    expect(await ended).toBe(3)
    await nothingLeft(pids, directory)
  },
)
