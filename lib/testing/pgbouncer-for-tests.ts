import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** PgBouncer of this machine, where there is one. */
export const pgbouncerHere = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find(existsSync)

const START_MS_MAX = 20_000

export interface TestPooler {
  url: string
  stop(): Promise<void>
}

/** PgBouncer with its own defaults in front of a test's database, which listens on a socket of its own user's. */
export async function startPgbouncer(
  databaseUrl: string,
  poolMode: 'session' | 'transaction' | 'statement',
): Promise<TestPooler> {
  const database = new URL(databaseUrl)
  const socket = database.searchParams.get('host')
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-pgbouncer-'))
  const port = await freePort()
  const file = path.join(folder, 'pgbouncer.ini')
  const server = `host=${socket ?? database.hostname} port=${database.port || 5432} user=${database.username} password=${decodeURIComponent(database.password)}`
  const settings = `listen_addr=127.0.0.1\nlisten_port=${port}\nunix_socket_dir=\nauth_type=any\npool_mode=${poolMode}\n`
  await writeFile(file, `[databases]\n* = ${server}\n[pgbouncer]\n${settings}`)
  await chmod(folder, 0o755)
  // It refuses to run as root, and only its owner may enter the socket's folder.
  const identity = process.getuid?.() === 0 ? ownerOf(socket ?? '/nobody') : {}
  const child = spawn(pgbouncerHere!, ['-q', file], { ...identity, stdio: 'ignore' })
  const url = `postgres://${database.username}@127.0.0.1:${port}${database.pathname}`
  const gone = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await gone
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilAnswered(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

function ownerOf(folder: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(folder, { throwIfNoEntry: false }) ?? { uid: 65_534, gid: 65_534 }
  return { uid, gid }
}

async function untilAnswered(url: string): Promise<void> {
  const deadline = Date.now() + START_MS_MAX
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(50)
    }
  }
}
