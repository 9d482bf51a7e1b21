import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect } from '../fixtures.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface StartedProcess {
  pid: number
  stdout(): string
  output(): string
  signal(name: NodeJS.Signals): void
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>
  /** Wait until it has written this. */
  says(text: string): Promise<void>
}

/**
 * One of the project's programs, such as `lib/worker.ts`, with an environment of its own, and with what Node has compiled
 * for this run: a command of the CLI takes half as long with it.
 */
export function startProcess(program: string, args: string[], env: NodeJS.ProcessEnv): StartedProcess {
  const child = spawn(process.execPath, [path.join(root, program), ...args], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let output = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    output += chunk
  })
  child.stderr.on('data', (chunk) => (output += chunk))
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal!)),
  )
  return {
    pid: child.pid!,
    stdout: () => stdout,
    output: () => output,
    exited,
    signal: (name) => void child.kill(name),
    says: (text) => expect.poll(() => output, { timeout: 60_000, intervals: [50] }).toContain(text),
  }
}
