import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'

const SUPERVISOR = path.resolve(import.meta.dirname, 'supervise.mjs')

/** Starts a child in its group and a server of its own group, prints their process ids, and keeps running unless `end` says otherwise. */
const script = (end: string) => `
  const { spawn } = require('node:child_process')
  const idle = 'setInterval(() => {}, 1e6)'
  const child = spawn(process.execPath, ['-e', idle], { stdio: 'ignore' })
  const server = spawn(process.execPath, ['-e', idle, process.env.TMPDIR + '/data'], { stdio: 'ignore', detached: true })
  server.unref()
  console.log(JSON.stringify({ pids: [process.pid, child.pid, server.pid], directory: process.env.TMPDIR }))
  ${end}`

async function supervised(end: string) {
  const supervisor = spawn(process.execPath, [SUPERVISOR, 'test', process.execPath, '-e', script(end)])
  const ended = new Promise<number | null>((resolve) => supervisor.once('exit', resolve))
  const line = await new Promise<string>((resolve) =>
    supervisor.stdout.once('data', (chunk) => resolve(String(chunk))),
  )
  return { supervisor, ended, ...(JSON.parse(line) as { pids: number[]; directory: string }) }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const nothingLeft = (pids: number[], directory: string) =>
  vi.waitUntil(() => !pids.some(isAlive) && !existsSync(directory), { timeout: 50_000 })

const letGo = (supervisor: ChildProcess) => supervisor.stdin?.destroy()

test.runIf(process.platform === 'linux')(
  'When the runner closes stdin, a suite ends with its children, servers and directory',
  async () => {
    const { supervisor, ended, pids, directory } = await supervised('')
    expect(pids.every(isAlive)).toBe(true)
    letGo(supervisor)
    await ended
    await nothingLeft(pids, directory)
  },
)

test.runIf(process.platform === 'linux')(
  'A suite that ends by itself leaves nothing behind, and its exit code is kept',
  async () => {
    const { ended, pids, directory } = await supervised('process.exitCode = 3; child.unref()')
    expect(await ended).toBe(3)
    await nothingLeft(pids, directory)
  },
)
