import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { expect, inject, test, vi } from 'vitest'
import { JOB_POLICIES } from '#lib/jobs.ts'
import { migrate } from '#lib/platform/db/migrate.ts'
import { PgBossQueue } from '#lib/platform/queue/pg-boss-queue.ts'
import type { JobPayloads } from '#lib/services.ts'

const DEBIAN = '/usr/lib/postgresql'
/** A PostgreSQL of Debian's, older than ours. */
const programs = (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
  .map((version) => path.join(DEBIAN, version, 'bin'))
  .find((bin) => existsSync(path.join(bin, 'initdb')))
const log = pino({ level: 'silent' })

/** The lines that the manual has for this. */
function steps(): string {
  const manual = readFileSync(path.join(import.meta.dirname, '../docs/operations.md'), 'utf8')
  return /```sh major-version\n([\s\S]*?)```/.exec(manual)![1]!
}

/** An old server on a socket of its own; not as root, which PostgreSQL refuses to run as. */
async function startOldServer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-old-pg-'))
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const data = path.join(folder, 'data')
  const asUser = { ...user, cwd: folder, stdio: 'ignore' as const }
  const made = ['-D', data, '-U', 'arraydrop', '-A', 'trust', '--no-sync', '-E', 'UTF8']
  execFileSync(path.join(programs!, 'initdb'), made, asUser)
  const settings = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off']
  const child = spawn(path.join(programs!, 'postgres'), settings, asUser)
  const url = `postgresql://arraydrop@localhost/postgres?host=${encodeURIComponent(folder)}`
  await vi.waitFor(() => ask(url, 'select 1'), { timeout: 60_000, interval: 100 })
  return {
    url,
    async stop() {
      child.kill('SIGQUIT')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ask(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Every table with its number of rows. */
async function countsOf(url: string): Promise<string[]> {
  const tables = await ask(
    url,
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname in ('public', 'queue') order by 1`,
  )
  const each = tables.map(({ name }) => `select '${name} ' || count(*) as line from ${name}`)
  return (await ask(url, each.join(' union all '))).map(({ line }) => line).sort()
}

async function prepare(url: string): Promise<void> {
  await migrate({ url, log })
  const queue = new PgBossQueue<JobPayloads>({ url, log, supervise: false })
  await queue.start(JOB_POLICIES)
  await queue.stop()
}

test.skipIf(!programs || !process.env.ARRAYDROP_TORTURE)(
  'PostgreSQL: the steps of the manual move a database to a new major version, with all of its rows and its queue',
  { timeout: 300_000 },
  async () => {
    const old = await startOldServer()
    const server = inject('postgresUrl')
    const name = `${inject('databasePrefix')}_major`
    const fresh = new URL(server)
    fresh.pathname = `/${name}`
    try {
      await prepare(old.url)
      await ask(old.url, "insert into project (name) select 'project ' || n from generate_series(1, 50) n")
      await ask(server, `create database ${name}`)
      const cwd = mkdtempSync(path.join(tmpdir(), 'arraydrop-dump-'))
      execFileSync('sh', ['-euc', steps()], {
        cwd,
        env: {
          NODE_ENV: 'test',
          PATH: `${programs}:/usr/bin:/bin`,
          OLD_DATABASE_URL: old.url,
          NEW_DATABASE_URL: fresh.href,
        },
      })
      rmSync(cwd, { recursive: true })
      const before = await countsOf(old.url)
      expect(before).toContain('public.project 50')
      expect(await countsOf(fresh.href)).toEqual(before)
      // As the next start does: nothing is left to migrate, and the queue is there.
      await prepare(fresh.href)
      expect(await countsOf(fresh.href)).toEqual(before)
      await ask(fresh.href, "insert into project (name) values ('after')")
    } finally {
      await old.stop()
    }
  },
)
