import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../project-root.mjs'

const SUPERVISOR = fileURLToPath(new URL('./supervise.mjs', import.meta.url))
const OUTPUT_CHARACTERS_MAX = 400_000

const running = new Set()

/** End all running programs, and wait until they are gone. */
export async function endAll() {
  await Promise.all([...running].map((end) => end()))
}

/**
 * Run one program so that neither it nor its children outlive this process. Resolves, never rejects, with its exit
 * code, the end of its output, and whether it was ended for taking longer than `limitMs`.
 */
export function runSupervised({ label, command, env, limitMs, onLine = () => {} }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SUPERVISOR, label, ...command], {
      cwd: projectRoot,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const gone = new Promise((done) => child.once('close', done))
    const end = () => {
      child.stdin.destroy()
      return gone
    }
    running.add(end)
    let output = ''
    let rest = ''
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      void end()
    }, limitMs)
    const take = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_CHARACTERS_MAX)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const line of lines) onLine(line)
    }
    child.stdin.on('error', () => {})
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', (error) => take(`${error.message}\n`))
    child.once('close', (code) => {
      clearTimeout(timer)
      running.delete(end)
      resolve({ code: code ?? 1, output, timedOut })
    })
  })
}
