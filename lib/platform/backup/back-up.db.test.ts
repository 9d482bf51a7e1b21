import {
  appendFileSync,
  chmodSync,
  cpSync,
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
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { connectAsSuperuser } from '../embedded-postgres/connect-or-launch.ts'
import { prepareLocation } from '../embedded-postgres/location.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/start-embedded-postgres.ts'
import { loadSecrets } from '../secrets.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const log = () => {}
const root = mkdtempSync(path.join(tmpdir(), 'arraydrop-b-'))
const dataDir = path.join(root, 'data')
/** Of an installation that stood still, with one file. */
const backup = path.join(root, 'backup')
let scratch: string

beforeAll(async () => {
  chmodSync(root, 0o755) // as root, the server runs as another user
  mkdirSync(path.join(dataDir, 'files/samples'), { recursive: true })
  writeFileSync(path.join(dataDir, 'files/samples/first.zip'), 'bytes')
  writeFileSync(path.join(dataDir, 'app-secret'), 'a secret of this installation')
  const server = await start(dataDir)
  await server.stop()
  await backUp({ dataDir, target: backup, withSecret: true, log })
})
beforeEach(() => {
  scratch = mkdtempSync(path.join(root, 'test-'))
  chmodSync(scratch, 0o755)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const start = (directory: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dir: path.join(directory, 'postgres'), log })
const isStopped = (directory: string) => !existsSync(path.join(directory, 'postgres/data/postmaster.pid'))

/** Stores files and their rows, the file first, as fast as it can until it is stopped. */
async function keepReceiving(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table received (name text primary key, content text)')
  const { client: superuser } = await connectAsSuperuser(prepareLocation(path.join(dataDir, 'postgres'), log))
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

test('The secret is in a backup only when it is asked for; without it, a restore does not start with another', async () => {
  const [target, fresh] = [path.join(scratch, 'backup'), path.join(scratch, 'data')]
  expect(await backUp({ dataDir, target, withSecret: false, log })).toMatchObject({ appSecret: false })
  const secret = readFileSync(path.join(dataDir, 'app-secret'), 'utf8')
  const holding = readdirSync(target, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(secret))
  expect(holding).toEqual([])
  expect(await restore({ source: target, dataDir: fresh, log })).toMatchObject({ appSecret: false })
  await expect(loadSecrets({ appSecret: undefined, dataDir: fresh })).rejects.toThrow('holds no secret')
})

test('A backup made while nothing ran can be restored with its secret, and neither step leaves anything running', async () => {
  expect(isStopped(dataDir)).toBe(true)
  const fresh = path.join(scratch, 'data')
  expect(await restore({ source: backup, dataDir: fresh, log })).toMatchObject({ appSecret: true })
  const secret = readFileSync(path.join(dataDir, 'app-secret'), 'utf8')
  expect(readFileSync(path.join(fresh, 'app-secret'), 'utf8')).toBe(secret)
  expect(isStopped(fresh)).toBe(true)
  expect(readFileSync(path.join(fresh, 'files/samples/first.zip'), 'utf8')).toBe('bytes')
})

test('Nothing is overwritten: a target with files, a target inside the data, and existing data are refused', async () => {
  const target = path.join(scratch, 'target')
  mkdirSync(target)
  writeFileSync(path.join(target, 'older-backup'), 'of worth')
  await expect(backUp({ dataDir, target, withSecret: false, log })).rejects.toThrow('not empty')
  expect(readdirSync(target)).toEqual(['older-backup'])
  const inside = path.join(dataDir, 'backup')
  await expect(backUp({ dataDir, target: inside, withSecret: false, log })).rejects.toThrow('inside')
  expect(existsSync(inside)).toBe(false)
  await expect(restore({ source: backup, dataDir, log })).rejects.toThrow('not empty')
  const server = await start(dataDir)
  await expect(restore({ source: backup, dataDir, log })).rejects.toThrow('is running')
  await server.stop()
})

test('A damaged or half-written backup is refused, and leaves the empty directory empty', async () => {
  const source = path.join(scratch, 'damaged')
  const fresh = path.join(scratch, 'data')
  cpSync(backup, source, { recursive: true })
  const stored = path.join(source, 'files/samples/first.zip')
  appendFileSync(stored, '.')
  await expect(restore({ source, dataDir: fresh, log })).rejects.toThrow(
    'first.zip is not what was backed up',
  )
  rmSync(stored)
  await expect(restore({ source, dataDir: fresh, log })).rejects.toThrow('first.zip is missing')
  rmSync(path.join(source, 'SHA256SUMS'))
  await expect(restore({ source, dataDir: fresh, log })).rejects.toThrow('no whole backup')
  expect(readdirSync(fresh)).toEqual([])
})

test('No other user of the machine can read a backup', () => {
  const modes = ['.', 'app-secret', 'SHA256SUMS', 'files/samples/first.zip', 'postgres/password']
  expect(modes.map((name) => statSync(path.join(backup, name)).mode & 0o077)).toEqual([0, 0, 0, 0, 0])
})

// The last one: what it writes would make every backup of the others large.
test('A backup under write load restores to every row acknowledged before it, and each row has its file', async () => {
  const target = path.join(scratch, 'backup')
  const fresh = path.join(scratch, 'data')
  const server = await start(dataDir)
  const writer = await keepReceiving(server.url)
  await vi.waitUntil(() => writer.acknowledged.length > 200, { timeout: 100_000 })
  const before = [...writer.acknowledged]
  const summary = await backUp({ dataDir, target, withSecret: false, log })
  expect(summary.appSecret).toBe(false)
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
})
