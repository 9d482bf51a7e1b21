import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import type { LeashReport } from './leash-report.ts'

/**
 * The program between a worker and a program that is not ours. It leads the program's process group and ends all of it,
 * with itself, when the program has ended, when it does nothing any more, and when its own standard input closes:
 * because the worker says so, or was killed. The program never outlives its worker, and nothing that it left running
 * outlives the program. How it ended, and what it used, goes to descriptor 3 as a `LeashReport`.
 *
 * Arguments: seconds without work after which the program counts as stalled (0: never), the program, its arguments.
 */
const REPORT = 3
/** Time for the program to end by itself, once it was told. */
const GRACE_MILLISECONDS = 3_000
const LOOK_MILLISECONDS = 250
/** Linux counts processor time in hundredths of a second for everybody who asks. */
const TICKS_PER_SECOND = 100
/** A program that waits for ever still wakes up now and then: less than this share of one core is no work. */
const WORKING_SHARE = 0.01
/** As shells say that a command could not be started. */
const NOT_STARTED = 126

const [stallSeconds, file, ...args] = process.argv.slice(2) as [string, string, ...string[]]
let peakKilobytes: number | undefined
let stalled = false

const endAll = () => void process.kill(-process.pid, 'SIGKILL')

function report(code: number): void {
  const used = ticksOf('/proc/self/stat', 'children')
  const ended: LeashReport = {
    code,
    stalled,
    cpuSeconds: used === undefined ? null : used / TICKS_PER_SECOND,
    peakMegabytes: peakKilobytes === undefined ? null : Math.ceil(peakKilobytes / 1_024),
  }
  try {
    writeSync(REPORT, JSON.stringify(ended))
  } finally {
    endAll()
  }
}

function letGo(): void {
  process.kill(-process.pid, 'SIGTERM')
  setTimeout(() => report(128 + constants.signals.SIGKILL), GRACE_MILLISECONDS)
}

/** Processor time from a `stat` file of Linux: of the process itself, or of its children that have ended. */
function ticksOf(stat: string, whose: 'itself' | 'children'): number | undefined {
  try {
    const text = readFileSync(stat, 'latin1')
    // The name of the program stands in parentheses and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = whose === 'itself' ? 11 : 13
    return Number(fields[at]) + Number(fields[at + 1])
  } catch {
    return undefined
  }
}

function lookAt(pid: number): void {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))
    if (peak) peakKilobytes = Number(peak[1])
  } catch {
    // Not Linux, or just ended.
  }
}

/** End a program that does nothing any more: its main thread may have died and left others behind. */
function watchForStall(pid: number, seconds: number): void {
  // Looks are counted rather than time: a machine that stands still makes none.
  let idleLooks = 0
  let before = 0
  const watch = setInterval(() => {
    const ticks = ticksOf(`/proc/${pid}/stat`, 'itself')
    if (ticks === undefined) return
    if (ticks - before >= WORKING_SHARE * seconds * TICKS_PER_SECOND) {
      before = ticks
      idleLooks = 0
    } else if (++idleLooks * LOOK_MILLISECONDS > seconds * 1_000) {
      clearInterval(watch)
      stalled = true
      letGo()
    }
  }, LOOK_MILLISECONDS)
}

// The program hears it; this one stays to end what does not.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.stdin
  .once('close', letGo)
  .on('error', () => {})
  .resume()

const program = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] })
program.once('error', ({ code }: NodeJS.ErrnoException) => {
  process.stderr.write(`The command could not be started: ${code}\n`)
  report(NOT_STARTED)
})
program.once('exit', (code, signal) => report(code ?? 128 + constants.signals[signal!]))
if (program.pid !== undefined) {
  const { pid } = program
  lookAt(pid)
  setInterval(() => lookAt(pid), LOOK_MILLISECONDS)
  if (Number(stallSeconds) > 0) watchForStall(pid, Number(stallSeconds))
}
