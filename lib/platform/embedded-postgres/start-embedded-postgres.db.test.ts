import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { StartRefusal } from '../start-refusal.ts'
import { ensureCluster } from './cluster.ts'
import { prepareLocation } from './location.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

const HOLDER = path.resolve(import.meta.dirname, '../../testing/hold-embedded-postgres.ts')
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const made: string[] = []
/** A database at rest. Copies of it spare most tests the making of a new one, which is slow on a busy disk. */
let atRest: string
let dir: string
let lines: string[]

beforeAll(async () => {
  atRest = path.join(temporaryDirectory(), 'postgres')
  const server = await startEmbeddedPostgres({ dir: atRest, log: () => {} })
  await server.stop()
})
beforeEach(() => {
  dir = path.join(temporaryDirectory(), 'postgres')
  lines = []
})
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true })
})

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-e-'))
  chmodSync(directory, 0o755) // as root, the server runs as another user
  made.push(directory)
  return directory
}

/** Owners and modes included: the server is particular about them. */
const copyDatabaseAtRest = () => expect(spawnSync('cp', ['-a', atRest, dir]).status).toBe(0)

const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dir, log: (line) => lines.push(line) })
const pidFile = (): string => path.join(dir, 'data', 'postmaster.pid')
const postmasterPid = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0])

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

interface Holder {
  process: ChildProcess
  url: string
  leave(): Promise<number | null>
}

/** Another process that uses the same directory until its stdin ends. */
async function startHolder(): Promise<Holder> {
  const child = spawn(process.execPath, [HOLDER, dir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
    child.once('exit', () => reject(new Error('The process ended before it was ready')))
  })
  const leave = () => {
    child.stdin.end()
    return exited
  }
  return { process: child, url, leave }
}

test('Two users of one directory share a server; it stops with the last, and rows outlive it', async () => {
  copyDatabaseAtRest()
  const first = await start()
  const second = await start()
  await ask(first.url, `create table kept as select 'x' as value`)
  const pid = postmasterPid()
  await first.stop()
  expect(postmasterPid()).toBe(pid)
  expect(await ask(second.url, 'select value from kept')).toEqual([{ value: 'x' }])
  await second.stop()
  await second.stop()
  expect(existsSync(pidFile())).toBe(false)
  const again = await start()
  expect(await ask(again.url, 'select value from kept')).toEqual([{ value: 'x' }])
  await again.stop()
})

test('Processes that race on an empty directory end up with one server and one database', async () => {
  const holders = await Promise.all([1, 2, 3].map(startHolder))
  await ask(holders[0]!.url, 'create table met (pid int)')
  for (const { url } of holders) await ask(url, 'insert into met values (pg_backend_pid())')
  expect(await ask(holders[2]!.url, 'select count(*)::int from met')).toEqual([{ count: 3 }])
  expect(new Set(holders.map((holder) => holder.url)).size).toBe(1)
  expect(await Promise.all(holders.map((holder) => holder.leave()))).toEqual([0, 0, 0])
  expect(existsSync(pidFile())).toBe(false)
  expect(readdirSync(dir).filter((name) => name.startsWith('draft-'))).toEqual([])
})

test('A server killed in mid-write comes back by itself with every acknowledged row', {
  tags: 'torture',
}, async () => {
  copyDatabaseAtRest()
  const server = await start()
  await ask(server.url, 'create table acknowledged (id int primary key)')
  const written: number[] = []
  let writing = true
  const writer = (async () => {
    for (let id = 0; writing; id++) {
      const added = ask(server.url, `insert into acknowledged values (${id})`)
      await added.then(
        () => written.push(id),
        () => {},
      )
    }
  })()
  await vi.waitUntil(() => written.length > 50, { timeout: 100_000 })
  const killed = postmasterPid()
  process.kill(killed, 'SIGKILL')
  const before = written.length
  await vi.waitUntil(() => written.length > before + 50, { timeout: 100_000 })
  writing = false
  await writer
  expect(postmasterPid()).not.toBe(killed)
  const rows = await ask(server.url, 'select id from acknowledged')
  const present = new Set(rows.map((row) => row.id))
  expect(written.filter((id) => !present.has(id))).toEqual([])
  expect(lines.join()).toContain('bringing it back')
  await server.stop()
})

test('Stopping while the killed server is being brought back leaves no server behind', async () => {
  copyDatabaseAtRest()
  const server = await start()
  const killed = postmasterPid()
  process.kill(killed, 'SIGKILL')
  await vi.waitUntil(() => existsSync(pidFile()) && ![killed, 0].includes(postmasterPid()), { interval: 1 })
  await server.stop()
  expect(existsSync(pidFile())).toBe(false)
})

test('A process that was killed neither takes the server with it nor keeps it from stopping', async () => {
  copyDatabaseAtRest()
  const holder = await startHolder()
  await ask(holder.url, 'create table kept as select 1 as value')
  const server = await start()
  const gone = new Promise((resolve) => holder.process.once('exit', resolve))
  holder.process.kill('SIGKILL')
  await gone
  expect(await ask(server.url, 'select value from kept')).toEqual([{ value: 1 }])
  // The killed one's connection is noticed by PostgreSQL a moment later.
  const others = `select from pg_stat_activity where application_name = 'arraydrop-presence'`
  await vi.waitUntil(async () => (await ask(server.url, others)).length === 1, { timeout: 100_000 })
  await server.stop()
  expect(existsSync(pidFile())).toBe(false)
})

test.each([
  ['an id that now belongs to another process', () => `${process.pid}\n${dir}/data\n`],
  ['nothing, after a power cut', () => ''],
])('A postmaster.pid with %s does not block the start', async (_, content) => {
  copyDatabaseAtRest()
  const first = await start()
  await ask(first.url, 'create table kept as select 1 as value')
  await first.stop()
  writeFileSync(pidFile(), content())
  const server = await start()
  expect(await ask(server.url, 'select value from kept')).toEqual([{ value: 1 }])
  expect(postmasterPid()).not.toBe(process.pid)
  await server.stop()
})

test.runIf(process.platform === 'linux')(
  'A backend that survives its killed postmaster does not block the next start',
  async () => {
    copyDatabaseAtRest()
    const first = await start()
    await ask(first.url, 'create table kept as select 1 as value')
    const stuck = new pg.Client({ connectionString: first.url })
    stuck.on('error', () => {})
    await stuck.connect()
    const { rows } = await stuck.query('select pg_backend_pid() as pid')
    process.kill(rows[0].pid, 'SIGSTOP')
    process.kill(postmasterPid(), 'SIGKILL')
    await vi.waitUntil(() => lines.join().includes('left over'), { timeout: 100_000 })
    await vi.waitUntil(() => ask(first.url, 'select 1').catch(() => false), { timeout: 100_000 })
    expect(await ask(first.url, 'select value from kept')).toEqual([{ value: 1 }])
    await stuck.end().catch(() => {})
    await first.stop()
  },
)

test('A half-made cluster and drafts of killed starts are replaced, and nothing is thrown away', async () => {
  mkdirSync(path.join(dir, 'data'), { recursive: true })
  writeFileSync(path.join(dir, 'data', 'leftover'), 'perhaps of worth')
  const draft = path.join(dir, 'draft-old')
  mkdirSync(draft)
  utimesSync(draft, new Date(0), new Date(0))
  const server = await start()
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  const aside = readdirSync(dir).find((name) => name.startsWith('broken-'))
  expect(readFileSync(path.join(dir, aside!, 'leftover'), 'utf8')).toBe('perhaps of worth')
  expect(existsSync(draft)).toBe(false)
})

test('A path too long for a socket still works', async () => {
  dir = path.join(dir, 'a'.repeat(60), 'b'.repeat(60))
  mkdirSync(path.dirname(dir), { recursive: true })
  copyDatabaseAtRest()
  const server = await start()
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  const socketDirectory = new URL(server.url).searchParams.get('host')!
  rmSync(socketDirectory, { recursive: true })
})

test('The server is durable, checks its pages, listens on no network, and gives the application only the rights it needs', async () => {
  copyDatabaseAtRest()
  const server = await start()
  const [settings] = await ask(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as network,
      (select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user) as privileged`,
  )
  expect(settings).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    network: '',
    privileged: false,
  })
  expect(lines.join()).not.toContain(readFileSync(path.join(dir, 'password'), 'utf8'))
  await server.stop()
})

test('A cluster of another major version is refused in words that say what to do', async () => {
  copyDatabaseAtRest()
  const server = await start()
  await server.stop()
  writeFileSync(path.join(dir, 'data', 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow('made by PostgreSQL 17')
})

test('A directory of programs without PostgreSQL in it is refused by the name of its setting', async () => {
  const binDir = temporaryDirectory()
  await expect(startEmbeddedPostgres({ dir, binDir, log: () => {} })).rejects.toThrow('PG_BIN_DIR')
})

test('A disk that is too small for a database is refused with how much is missing, and nothing is begun', async () => {
  const full = vi.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: 20, bsize: 1_048_576 } as never)
  syncBuiltinESMExports()
  try {
    await expect(start()).rejects.toThrow(/ has 20 MB free, and the embedded database needs 128 MB/)
    expect(lines).toEqual([])
  } finally {
    full.mockRestore()
    syncBuiltinESMExports()
  }
})

test('When PostgreSQL cannot make a database, the refusal is its own line that says why', async () => {
  const initdb = path.join(temporaryDirectory(), 'initdb')
  const said = 'initdb: error: could not write: No space left on device'
  writeFileSync(
    initdb,
    `#!/bin/sh\necho begun\necho '${said}' >&2\necho 'initdb: removing data directory'\nexit 1\n`,
    {
      mode: 0o755,
    },
  )
  const location = prepareLocation(dir, () => {})
  const refusal = await ensureCluster(location, { initdb } as never).catch((thrown: unknown) => thrown)
  expect(refusal).toBeInstanceOf(StartRefusal)
  expect((refusal as Error).message).toMatch(
    /^The embedded database could not be created in [^\n]*: initdb: error:[^\n]*device$/,
  )
})
