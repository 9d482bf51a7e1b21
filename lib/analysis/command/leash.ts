import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * The program between a worker and an operator's command. It leads the command's process group and ends all of it, with
 * itself, when the command has ended, and when its standard input closes: because the worker says so, or was killed. A
 * command never outlives its worker, and nothing that it left running outlives the command. How it ended goes to
 * descriptor 3 as a number: the exit code, or 128 and the signal, as shells count.
 */
const REPORT = 3
/** Time for the command to end by itself, once it was told. */
const GRACE_MILLISECONDS = 3_000
/** As shells say that a command could not be started. */
const NOT_STARTED = 126

const endAll = () => void process.kill(-process.pid, 'SIGKILL')

function report(code: number): void {
  try {
    writeSync(REPORT, String(code))
  } finally {
    endAll()
  }
}

function letGo(): void {
  process.kill(-process.pid, 'SIGTERM')
  setTimeout(endAll, GRACE_MILLISECONDS)
}

// The command hears it; this one stays to end what does not.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.stdin
  .once('close', letGo)
  .on('error', () => {})
  .resume()

const command = spawn(process.argv[2]!, { stdio: ['ignore', 'inherit', 'inherit'] })
command.once('error', ({ code }: NodeJS.ErrnoException) => {
  process.stderr.write(`The command could not be started: ${code}\n`)
  report(NOT_STARTED)
})
command.once('exit', (code, signal) => report(code ?? 128 + constants.signals[signal!]))
