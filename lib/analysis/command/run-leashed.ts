import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { OutputLog } from './output-log.ts'

const LEASH = fileURLToPath(new URL('./leash.ts', import.meta.url))
/** What a process that escaped its group still says is not waited for longer. */
const LAST_WORDS_MILLISECONDS = 1_000

export interface LeashedProgram {
  file: string
  cwd: string
  /** All of the program's environment. */
  environment: Record<string, string>
  seconds: number
}

/**
 * Run a program in a process group of its own; its exit code, 128 and more for a signal, or `timeout`. When time is up,
 * or `signal` is aborted, all of the group is told to end (SIGTERM) and ended after three seconds; so it is when this
 * process dies. What it says goes into `log`. Rejects with the reason of an abort once nothing of it runs any more.
 */
export async function runLeashed(
  { file, cwd, environment, seconds }: LeashedProgram,
  log: OutputLog,
  signal: AbortSignal,
): Promise<number | 'timeout'> {
  signal.throwIfAborted()
  const leash = spawn(process.execPath, [LEASH, file], {
    cwd,
    // Next's types want NODE_ENV, which is nobody's business there.
    env: environment as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const letGo = () => leash.stdin?.destroy()
  let late = false
  const timer = setTimeout(() => {
    late = true
    letGo()
  }, seconds * 1_000)
  signal.addEventListener('abort', letGo, { once: true })
  try {
    const code = await endOf(leash, log)
    signal.throwIfAborted()
    if (late) return 'timeout'
    if (code === undefined) throw new Error('The analysis command was ended from outside')
    return code
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', letGo)
  }
}

/** What the leash reported; undefined when it, too, was ended. */
async function endOf(leash: ChildProcess, log: OutputLog): Promise<number | undefined> {
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
  return /^\d{1,3}$/.test(report) ? Number(report) : undefined
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}
