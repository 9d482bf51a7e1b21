import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect, inject, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { makeRoles, upgrade, workAs } from './roles-for-tests.ts'

const DEBIAN = '/usr/lib/postgresql'
/** A PostgreSQL of Debian's, older than ours. */
const programs = (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
  .map((version) => path.join(DEBIAN, version, 'bin'))
  .find((bin) => existsSync(path.join(bin, 'initdb')))

/** The lines that the manual has for a step. */
function step(name: string): string {
  const manual = readFileSync(path.join(import.meta.dirname, '../docs/operations.md'), 'utf8')
  return new RegExp(`\`\`\`sh ${name}\\n([\\s\\S]*?)\`\`\``).exec(manual)![1]!
}

/** Runs lines of the manual in a folder of their own, with Debian's programs. */
function runSteps(lines: string, urls: { from: string; to: string }): void {
  const cwd = mkdtempSync(path.join(tmpdir(), 'arraydrop-dump-'))
  execFileSync('sh', ['-euc', lines], {
    cwd,
    env: {
      NODE_ENV: 'test',
      PATH: `${programs}:/usr/bin:/bin`,
      OLD_DATABASE_URL: urls.from,
      NEW_DATABASE_URL: urls.to,
    },
  })
  rmSync(cwd, { recursive: true })
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
      await upgrade(old.url)
      await ask(old.url, "insert into project (name) select 'project ' || n from generate_series(1, 50) n")
      await ask(server, `create database ${name}`)
      runSteps(step('major-version'), { from: old.url, to: fresh.href })
      const before = await countsOf(old.url)
      expect(before).toContain('public.project 50')
      expect(await countsOf(fresh.href)).toEqual(before)
      // As the next start does: nothing is left to migrate, and the queue is there.
      await upgrade(fresh.href)
      expect(await countsOf(fresh.href)).toEqual(before)
      await ask(fresh.href, "insert into project (name) values ('after')")
    } finally {
      await old.stop()
    }
  },
)

test.skipIf(!programs || !process.env.ARRAYDROP_TORTURE)(
  'PostgreSQL: with two roles, the steps of the manual move it into a database of roles.sql, where the role of the service works',
  { timeout: 300_000 },
  async () => {
    const old = await startOldServer()
    const directory = mkdtempSync(path.join(tmpdir(), 'arraydrop-new-pg-'))
    chmodSync(directory, 0o755) // as root, the server runs as another user
    const location = { dir: path.join(directory, 'postgres'), log: () => {} }
    const server = await startEmbeddedPostgres(location)
    try {
      await upgrade(old.url)
      await ask(old.url, "insert into project (name) select 'project ' || n from generate_series(1, 50) n")
      const { owner, app } = await makeRoles(location, server.url)
      const [dump] = step('major-version').split('\n')
      runSteps(`${dump}\n${step('major-version-roles')}`, { from: old.url, to: owner })
      const before = await countsOf(old.url)
      expect(before).toContain('public.project 50')
      expect(await countsOf(app)).toEqual(before)
      await upgrade(owner)
      await workAs(app)
    } finally {
      await Promise.all([old.stop(), server.stop()])
      rmSync(directory, { recursive: true, force: true })
    }
  },
)
