import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { countLivedTime } from '../lived-time.ts'
import type { LeashReport } from './leash-report.ts'

const LEASH = fileURLToPath(new URL('./leash.ts', import.meta.url))
/** What a process that escaped its group still says is not waited for longer. */
const LAST_WORDS_MILLISECONDS = 1_000

export interface LeashedProgram {
  file: string
  args?: readonly string[]
  cwd: string
  /** All of the program's environment. */
  environment: Record<string, string>
  /** Seconds that this process lives meanwhile: a machine that stands still is not the program's fault. */
  seconds: number
  /** Seconds without processor time after which it is ended; never where this is missing, or the system is not Linux. */
  stallSeconds?: number
}

/** How a program ended. What it used is null where the system does not tell, and after `timeout`. */
export interface LeashedEnd extends Pick<LeashReport, 'cpuSeconds' | 'peakMegabytes'> {
  how: 'exit' | 'timeout' | 'stalled'
  /** The exit code, or 128 and the signal, as shells count. */
  code: number
}

export type RunLeashed = typeof runLeashed

/**
 * Run a program in a process group of its own. When time is up, when it stalls, or when `signal` is aborted, all of the
 * group is told to end (SIGTERM) and ended after three seconds; so it is when this process dies. What it says goes into
 * `log`. Rejects with the reason of an abort once nothing of it runs any more.
 */
export async function runLeashed(
  { file, args = [], cwd, environment, seconds, stallSeconds = 0 }: LeashedProgram,
  log: { add(chunk: Uint8Array): void },
  signal: AbortSignal,
): Promise<LeashedEnd> {
  signal.throwIfAborted()
  const leash = spawn(process.execPath, [LEASH, String(stallSeconds), file, ...args], {
    cwd,
    // Next's types want NODE_ENV, which is nobody's business there.
    env: environment as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const letGo = () => leash.stdin?.destroy()
  let late = false
  const uncount = countLivedTime(seconds, (lived) => {
    if (late || lived < seconds) return
    late = true
    letGo()
  })
  signal.addEventListener('abort', letGo, { once: true })
  try {
    const report = await endOf(leash, log)
    signal.throwIfAborted()
    if (late) return { how: 'timeout', code: 0, cpuSeconds: null, peakMegabytes: null }
    if (!report) throw new Error('A program was ended from outside')
    const { stalled, ...rest } = report
    return { how: stalled ? 'stalled' : 'exit', ...rest }
  } finally {
    uncount()
    signal.removeEventListener('abort', letGo)
  }
}

/** What the leash reported; undefined when it, too, was ended. */
async function endOf(
  leash: ChildProcess,
  log: { add(chunk: Uint8Array): void },
): Promise<LeashReport | undefined> {
  const [, output, errors, reports] = leash.stdio
  if (!output || !errors || !reports || !('read' in reports)) throw new Error('A leash has no pipes')
  leash.stdin?.on('error', () => {})
  let report = ''
  reports.on('data', (chunk) => (report += chunk))
  for (const stream of [leash.stdout!, leash.stderr!]) stream.on('data', (chunk: Buffer) => log.add(chunk))
  const closed = once(leash, 'close')
  await once(leash, 'exit')
  // Had somebody ended the leash alone, the rest of its group would go on.
  if (report === '') endGroup(leash.pid!)
  const patience = setTimeout(() => {
    for (const stream of [leash.stdout!, leash.stderr!, reports]) stream.destroy()
  }, LAST_WORDS_MILLISECONDS)
  await closed
  clearTimeout(patience)
  return report.endsWith('}') ? (JSON.parse(report) as LeashReport) : undefined
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}
