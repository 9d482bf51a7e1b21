import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '#lib/testing/free-port.ts'
import { sendRequest } from '../raw/send-request.ts'
import { copyDatabase } from './database-template.ts'
import { runAdmin } from './run-admin.ts'

const root = path.resolve(import.meta.dirname, '../..')
const START_MS_MAX = 60_000

/** A separate service for one test worker: real processes, embedded PostgreSQL, a temporary DATA_DIR. */
export interface Service {
  /** Origin it is reached by, `http://app.localhost:PORT`: another site than the partner's page. */
  origin: string
  /** The same as an address, for programs: only browsers know every `*.localhost`. */
  address: string
  dataDir: string
  /** What its processes run with, for another process beside it. */
  environment: NodeJS.ProcessEnv
  /** Everything the processes have written so far, for tests that look for what must not be there. */
  output(): string
  /** The web server's process id. */
  pid(): number
  /** `arraydrop admin …` on this service; the JSON it prints. */
  admin<Answer>(...args: string[]): Promise<Answer>
  /** Advances the service's clock; resolves once the sweeper has run. */
  advance(seconds: number): Promise<void>
  /** End the web server without a chance to tidy up. */
  kill(): Promise<void>
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** Start again on the same data. */
  start(): Promise<void>
  /** Stop, and delete the data. */
  dispose(): Promise<void>
}

export async function startService(environment: Record<string, string> = {}): Promise<Service> {
  const port = environment.PORT ? Number(environment.PORT) : await freePort()
  const origin = environment.PUBLIC_URL ?? `http://app.localhost:${port}`
  const address = `http://127.0.0.1:${port}`
  const dataDir = environment.DATA_DIR ?? (await mkdtemp(path.join(os.tmpdir(), 'arraydrop-e2e-')))
  // Where the tests run as root the database is another user, who must be able to enter.
  await chmod(dataDir, 0o711)
  if (!environment.DATA_DIR && !environment.DATABASE_URL) await copyDatabase(dataDir)
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    PUBLIC_URL: origin,
    DATA_DIR: dataDir,
    ARRAYDROP_TEST_CLOCK: '1',
    LOG_LEVEL: 'info',
    // Many services share this machine.
    DATABASE_MEMORY_MB: '256',
    ...environment,
  }
  let output = ''
  let child: ChildProcess | undefined

  const start = async () => {
    child = spawn(process.execPath, [path.join(root, 'lib/server.ts')], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout!.on('data', (chunk) => (output += chunk))
    child.stderr!.on('data', (chunk) => (output += chunk))
    await untilReady(
      port,
      () => child?.exitCode !== null,
      () => output,
    )
  }
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null
    const exited = new Promise<number | null>((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    return exited
  }
  await start()
  return {
    origin,
    address,
    dataDir,
    environment: env,
    start,
    output: () => output,
    pid: () => child!.pid!,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    admin: (...args) => runAdmin(args, env),
    async advance(seconds) {
      const { status } = await sendRequest(address, {
        method: 'POST',
        path: '/api/test/clock',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ advance_seconds: seconds }),
      })
      if (status !== 200) throw new Error(`The test clock answered ${status}`)
    },
    async dispose() {
      await end('SIGTERM')
      await endDatabase(dataDir)
      if (!environment.DATA_DIR) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function untilReady(port: number, gone: () => boolean, output: () => string): Promise<void> {
  const deadline = Date.now() + START_MS_MAX
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    if (gone() || Date.now() > deadline) throw new Error(`The service did not start:\n${output()}`)
    await wait(50)
  }
}

/** A server that was killed leaves its database running, so it must be stopped here. */
async function endDatabase(dataDir: string): Promise<void> {
  const file = await readFile(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(file.split('\n')[0])
  if (!pid) return
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It is gone already.
  }
}
