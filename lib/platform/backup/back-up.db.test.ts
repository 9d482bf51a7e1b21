import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectAsSuperuser } from '#lib/platform/embedded-postgres/connect-or-launch.ts'
import { preparePlace } from '#lib/platform/embedded-postgres/place.ts'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#lib/platform/embedded-postgres/start-embedded-postgres.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'

const log = () => {}
let root: string
let dataDir: string
let target: string
let fresh: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'arraydrop-b-'))
  chmodSync(root, 0o755) // as root, the server runs as somebody else
  dataDir = path.join(root, 'data')
  target = path.join(root, 'backup')
  fresh = path.join(root, 'fresh')
  mkdirSync(path.join(dataDir, 'files/samples'), { recursive: true })
  writeFileSync(path.join(dataDir, 'app-secret'), 'a secret of this installation')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const start = (directory: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dir: path.join(directory, 'postgres'), log })

/** Stores files and their rows, the file first, as fast as it can until it is stopped. */
async function keepReceiving(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table received (name text primary key, content text)')
  const { client: superuser } = await connectAsSuperuser(preparePlace(path.join(dataDir, 'postgres'), log))
  const acknowledged: string[] = []
  let going = true
  const finished = (async () => {
    for (let n = 0; going; n++) {
      const name = `samples/${n}.zip`
      const content = `content of ${n} `.repeat(100)
      writeFileSync(path.join(dataDir, 'files', name), content)
      await client.query('insert into received values ($1, $2)', [name, content])
      acknowledged.push(name)
      // A new log segment and a checkpoint: old segments, which a backup needs, are recycled if nothing holds them.
      if (n % 100 === 0) await superuser.query('select pg_switch_wal()')
      if (n % 100 === 0) await superuser.query('checkpoint')
    }
    await superuser.end()
    await client.end()
  })()
  const stop = () => {
    going = false
    return finished
  }
  return { acknowledged, stop }
}

test('A backup under write load restores to every row acknowledged before it, and each row has its file', async () => {
  const server = await start(dataDir)
  const writer = await keepReceiving(server.url)
  await vi.waitUntil(() => writer.acknowledged.length > 200, { timeout: 20_000 })
  const before = [...writer.acknowledged]
  const summary = await backUp({ dataDir, target, log })
  expect(summary.appSecret).toBe(true)
  const during = writer.acknowledged.length - before.length
  await writer.stop()
  await server.stop()

  await restore({ source: target, dataDir: fresh, log })
  const restored = await start(fresh)
  const client = new pg.Client({ connectionString: restored.url })
  await client.connect()
  const { rows } = await client.query('select name, content from received')
  await client.end()
  await restored.stop()
  const names = new Set(rows.map(({ name }) => name))
  expect(during).toBeGreaterThan(0)
  expect(before.filter((name) => !names.has(name))).toEqual([])
  const wrong = rows.filter(
    ({ name, content }) => readFileSync(path.join(fresh, 'files', name), 'utf8') !== content,
  )
  expect(wrong).toEqual([])
  expect(readFileSync(path.join(fresh, 'app-secret'), 'utf8')).toBe('a secret of this installation')
})

test('A backup can be made while nothing runs, and leaves nothing running', async () => {
  const server = await start(dataDir)
  await server.stop()
  await backUp({ dataDir, target, log })
  expect(existsSync(path.join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false)
  await restore({ source: target, dataDir: fresh, log })
  expect(existsSync(path.join(fresh, 'postgres/data/postmaster.pid'))).toBe(false)
})

test('Nothing is overwritten: a full target, one inside the data, and data that are there are refused', async () => {
  const server = await start(dataDir)
  mkdirSync(target)
  writeFileSync(path.join(target, 'older-backup'), 'of worth')
  await expect(backUp({ dataDir, target, log })).rejects.toThrow('not empty')
  expect(readdirSync(target)).toEqual(['older-backup'])
  const inside = path.join(dataDir, 'backup')
  await expect(backUp({ dataDir, target: inside, log })).rejects.toThrow('inside')
  rmSync(inside, { recursive: true })
  rmSync(path.join(target, 'older-backup'))
  await backUp({ dataDir, target, log })
  await expect(restore({ source: target, dataDir, log })).rejects.toThrow('is running')
  await server.stop()
  await expect(restore({ source: target, dataDir, log })).rejects.toThrow('not empty')
})

test('A damaged or half-written backup is refused, and leaves the empty directory empty', async () => {
  const server = await start(dataDir)
  await server.stop()
  writeFileSync(path.join(dataDir, 'files/samples/a.zip'), 'bytes')
  await backUp({ dataDir, target, log })
  const stored = path.join(target, 'files/samples/a.zip')
  appendFileSync(stored, '.')
  await expect(restore({ source: target, dataDir: fresh, log })).rejects.toThrow(
    'files/samples/a.zip is not what',
  )
  rmSync(stored)
  await expect(restore({ source: target, dataDir: fresh, log })).rejects.toThrow(
    'files/samples/a.zip is missing',
  )
  rmSync(path.join(target, 'SHA256SUMS'))
  await expect(restore({ source: target, dataDir: fresh, log })).rejects.toThrow('no whole backup')
  expect(readdirSync(fresh)).toEqual([])
})

test('Nobody else on the machine can read a backup', async () => {
  const server = await start(dataDir)
  await server.stop()
  await backUp({ dataDir, target, log })
  expect(statSync(target).mode & 0o077).toBe(0)
  expect(statSync(path.join(target, 'app-secret')).mode & 0o077).toBe(0)
  expect(statSync(path.join(target, 'SHA256SUMS')).mode & 0o077).toBe(0)
})
