import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceMissingSecret, rotateAppSecret } from './rotate-app-secret.ts'
import { loadSecrets } from './secrets.ts'

const OLD = 'an-old-secret-that-is-long-enough-for-us'
const NEW = 'a-new-secret-that-is-long-enough-for-us!'
let scratch: string
let dataDir: string

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'arraydrop-secrets-'))
  dataDir = path.join(scratch, 'deep', 'data')
})
afterEach(() => rm(scratch, { recursive: true }))

const fromEnvironment = (appSecret: string) => loadSecrets({ appSecret, dataDir })
const fromDisk = () => loadSecrets({ appSecret: undefined, dataDir })

test('A purpose has a key of its own, of 256 bits, under an id that is safe in a URL', async () => {
  const secrets = await fromEnvironment(NEW)
  const keys = (['link-token', 'download', 'encryption'] as const).flatMap((purpose) =>
    secrets.keysFor(purpose),
  )
  expect(keys).toHaveLength(3)
  expect(new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(3)
  for (const { kid, key } of keys) {
    expect(key).toHaveLength(32)
    expect(kid).toMatch(/^[\w-]{8,16}$/)
    expect(Buffer.from(key).toString('base64url')).not.toContain(kid)
  }
})

test('After a rotation the new secret signs, and what the old one signed is still recognised', async () => {
  const [before] = (await fromEnvironment(OLD)).keysFor('link-token')
  const [signs, verifies] = (await fromEnvironment(`${NEW}, ${OLD}`)).keysFor('link-token')
  expect(verifies).toEqual(before)
  expect(signs).not.toEqual(before)
})

test('No secret is made where database and files are shared: another process would make another one', async () => {
  const s3 = { bucket: 'b' } as never
  const shared = { appSecret: undefined, dataDir, databaseUrl: 'postgres://a@b/c' }
  await expect(loadSecrets({ ...shared, s3 })).rejects.toThrow('APP_SECRET is not set')
  const [made] = (await loadSecrets({ ...shared, s3: undefined })).keysFor('link-token')
  expect((await loadSecrets({ ...shared, s3 })).keysFor('link-token')).toEqual([made])
})

test('A secret is created once and readable only by its own user', async () => {
  const first = (await fromDisk()).keysFor('link-token')
  expect((await fromDisk()).keysFor('link-token')).toEqual(first)
  const file = path.join(dataDir, 'app-secret')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')).toHaveLength(32)
  expect(await readdir(dataDir)).toEqual(['app-secret'])
})

test('Processes that start at the same moment agree on one secret', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, fromDisk))
  expect(new Set(all.map((secrets) => secrets.keysFor('download')[0]?.kid)).size).toBe(1)
  expect(await readdir(dataDir)).toEqual(['app-secret'])
})

test('An empty or cut-off secret file is refused, never replaced', async () => {
  await fromDisk()
  const file = path.join(dataDir, 'app-secret')
  for (const broken of ['', 'short\n', `${NEW},`]) {
    await writeFile(file, broken)
    await expect(fromDisk()).rejects.toThrow('holds no secret')
    // Nor may a new one take its place, as after a restore without the secret.
    await expect(rotateAppSecret(dataDir, { dropOld: false })).rejects.toThrow('holds no secret')
    expect(await readFile(file, 'utf8')).toBe(broken)
  }
})

test('Rotating puts a new secret first on disk and keeps the old ones, until they are dropped', async () => {
  const [first] = (await fromDisk()).keysFor('link-token')
  expect(await rotateAppSecret(dataDir, { dropOld: false })).toBe(2)
  const [signs, verifies] = (await fromDisk()).keysFor('link-token')
  expect(verifies).toEqual(first)
  expect(signs).not.toEqual(first)
  expect(await rotateAppSecret(dataDir, { dropOld: true })).toBe(1)
  expect((await fromDisk()).keysFor('link-token')).toEqual([signs])
  expect((await stat(path.join(dataDir, 'app-secret'))).mode & 0o777).toBe(0o600)
  expect(await readdir(dataDir)).toEqual(['app-secret'])
})

test('Without a secret on disk there is nothing to rotate', async () => {
  await expect(rotateAppSecret(dataDir, { dropOld: false })).rejects.toThrow('no secret')
})

test('No secret is made where one is in use already, until the old one is given up', async () => {
  const inUse = () => loadSecrets({ appSecret: undefined, dataDir, inUse: true })
  await expect(inUse()).rejects.toThrow(
    /app-secret is missing.*rotate-secret --old-lost`, which makes a new one/,
  )
  // Where others may hold it, theirs comes first.
  const elsewhere = loadSecrets({
    appSecret: undefined,
    dataDir,
    databaseUrl: 'postgres://db/a',
    inUse: true,
  })
  await expect(elsewhere).rejects.toThrow(/: give this the APP_SECRET .*, or restore it .* --old-lost`\.$/)
  await mkdir(dataDir, { recursive: true })
  expect(await readdir(dataDir)).toEqual([])
  await replaceMissingSecret(dataDir)
  const made = (await inUse()).keysFor('link-token')
  await replaceMissingSecret(dataDir)
  expect((await inUse()).keysFor('link-token')).toEqual(made)
  await writeFile(path.join(dataDir, 'app-secret'), `${NEW},`)
  await replaceMissingSecret(dataDir)
  await expect(inUse(), 'it may be half of a list').rejects.toThrow('holds no secret')
})
