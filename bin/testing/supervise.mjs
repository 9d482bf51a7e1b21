// supervise.mjs LABEL PROGRAM ARGUMENTS…: runs a program that never outlives the process that started it. When stdin closes, the
// program, all of its children and every server that it left in its temporary directory are ended, and that
// directory is removed; also when the program ends by itself.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import path from 'node:path'

const GRACE_MS = 10_000

const [label, program, ...args] = process.argv.slice(2)
const directory = mkdtempSync(path.join(realpathSync(tmpdir()), `arraydrop-${label}-`))
chmodSync(directory, 0o755) // as root, the database runs as another user
const child = spawn(program, args, {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TMPDIR: directory },
})

process.stdin.resume()
process.stdin.on('error', () => {})
process.stdin.once('close', () => {
  signalGroup('SIGTERM')
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS)
})
// The runner ends programs in order by closing stdin; Ctrl-C in a terminal reaches this process too, so ignore it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

child.once('error', (error) => {
  console.error(error.message)
  leave(127)
})
child.once('exit', (code, signal) => leave(signal ? 128 + constants.signals[signal] : code))

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // No process of the group is left.
  }
}

function leave(code) {
  signalGroup('SIGKILL')
  endServersIn(directory)
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  process.exit(code)
}

/** Servers have a process group of their own, so that Ctrl-C does not reach them; their command line names the directory. */
function endServersIn(directory) {
  if (process.platform !== 'linux') return
  for (const pid of readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && name !== String(process.pid),
  )) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${directory}/`)) process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}
