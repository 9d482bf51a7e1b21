import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { claimSecret } from '#lib/platform/secret-in-use.ts'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { rotateSecretCommand } from './admin-rotate-secret.ts'

const THEIRS = 't'.repeat(40)
const OURS = 'o'.repeat(40)
let t: TestServices
let dataDir: string

beforeAll(async () => {
  t = await testServices()
  dataDir = await mkdtemp(path.join(tmpdir(), 'arraydrop-rotate-'))
  vi.stubEnv('DATABASE_URL', t.databaseUrl)
  vi.stubEnv('DATA_DIR', dataDir)
  vi.stubEnv('APP_SECRET', '')
  const silent = vi.fn(() => true)
  vi.spyOn(process.stdout, 'write').mockImplementation(silent)
  vi.spyOn(process.stderr, 'write').mockImplementation(silent)
})
afterEach(() => {
  vi.stubEnv('APP_SECRET', '')
})
afterAll(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await t.stop()
  await rm(dataDir, { recursive: true })
})

const startWith = async (appSecret?: string) =>
  claimSecret({ db: t.services.db, secrets: await loadSecrets({ appSecret, dataDir }), alone: false })
const rotate = (...options: string[]) =>
  rotateSecretCommand().parseAsync(['--json', ...options], { from: 'user' })
const secretsOf = async () => (await readFile(path.join(dataDir, 'app-secret'), 'utf8')).trim().split(',')

test('on a database of servers that have another secret, rotate-secret says what is missing here and changes nothing, until theirs is lost', async () => {
  await startWith(THEIRS)
  for (const options of [[], ['--old-lost']]) {
    await expect(rotate(...options)).rejects.toThrow('Neither APP_SECRET nor')
  }
  expect(await readdir(dataDir)).toEqual([])

  await writeFile(path.join(dataDir, 'app-secret'), OURS)
  await expect(rotate()).rejects.toThrow('run this with their environment')
  expect(await secretsOf()).toEqual([OURS])

  await rotate('--old-lost')
  await rotate()
  expect(await secretsOf()).toEqual([expect.any(String), OURS])
})

test('the old secret is not dropped before servers have started with the new one', async () => {
  await expect(rotate('--drop-old')).rejects.toThrow('restart every server and worker')
  expect(await secretsOf()).toHaveLength(2)
  await startWith()
  await rotate('--drop-old')
  expect(await secretsOf()).toEqual([expect.not.stringContaining(OURS)])
  await startWith()
})

test('with an APP_SECRET that is not theirs, rotate-secret makes none', async () => {
  vi.stubEnv('APP_SECRET', THEIRS)
  await expect(rotate()).rejects.toThrow('run this with their environment')
})

test('after a restore without its secret, the refusal names the command that makes a new one', async () => {
  await writeFile(path.join(dataDir, 'app-secret'), '')
  await expect(startWith()).rejects.toThrow(
    'if it is lost for good, run `arraydrop admin rotate-secret --old-lost`',
  )
  await rotate('--old-lost')
  await startWith()
})
