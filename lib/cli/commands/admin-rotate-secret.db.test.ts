import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
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
afterAll(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await t.stop()
  await rm(dataDir, { recursive: true })
})

const rotate = (...options: string[]) =>
  rotateSecretCommand().parseAsync(['--json', ...options], { from: 'user' })
const secretsOf = async () => (await readFile(path.join(dataDir, 'app-secret'), 'utf8')).trim().split(',')

test('on a database of servers that have another secret, rotate-secret says what is missing here and changes nothing, until theirs is lost', async () => {
  await claimSecret({ db: t.services.db, secrets: await loadSecrets({ appSecret: THEIRS, dataDir }) })
  for (const options of [[], ['--old-lost']]) {
    await expect(rotate(...options)).rejects.toThrow('APP_SECRET is not set here')
  }
  expect(await readdir(dataDir)).toEqual([])

  await writeFile(path.join(dataDir, 'app-secret'), OURS)
  await expect(rotate()).rejects.toThrow('run this with their environment')
  expect(await secretsOf()).toEqual([OURS])

  await rotate('--old-lost')
  await rotate()
  expect(await secretsOf()).toEqual([expect.any(String), OURS])
})
