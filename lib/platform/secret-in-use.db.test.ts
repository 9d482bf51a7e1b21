import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#lib/testing/test-database.ts'
import { connect } from './db/connect.ts'
import type { Schema } from './db/schema.ts'
import { claimSecret, isFirstInUse, knowsSecretInUse, replaceLostSecret } from './secret-in-use.ts'
import { loadSecrets } from './secrets.ts'
import { StartRefusal } from './start-refusal.ts'

const OLD = 'o'.repeat(32)
const NEW = 'n'.repeat(32)
let database: TestDatabase
let db: Kysely<Schema>

beforeEach(async () => {
  database = await createTestDatabase()
  db = connect({ url: database.url, log: pino({ level: 'silent' }) })
})
afterEach(async () => {
  await db.destroy()
  await database.drop()
})

const given = async (appSecret: string) => ({
  db,
  secrets: await loadSecrets({ appSecret, dataDir: '/nowhere' }),
})
const start = async (appSecret: string, alone = false) => claimSecret({ ...(await given(appSecret)), alone })

test('a replica with another secret is refused in one sentence that says what to do; those with the same start', async () => {
  await start(OLD)
  await start(OLD)
  const refusal = await start(NEW).catch((thrown: unknown) => thrown)
  expect(refusal).toBeInstanceOf(StartRefusal)
  expect((refusal as Error).message).toMatch(/^APP_SECRET .*give all of them the same[^\n]*$/)
  expect((refusal as Error).message).not.toMatch(/o{9}|n{9}/)
  await start(OLD)
})

test('of two that start at once on an empty database with two secrets, one is refused', async () => {
  const results = await Promise.allSettled([OLD, NEW].map((secret) => start(secret)))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a rotation in two steps passes, in any order of the restarts within a step', async () => {
  await start(OLD)
  await start(`${OLD},${NEW}`)
  await start(OLD)
  await start(`${OLD},${NEW}`)
  await start(`${NEW},${OLD}`)
  await start(`${OLD},${NEW}`)
  await start(`${NEW},${OLD}`)
  await expect(start(OLD), 'it cannot read what the new one seals').rejects.toThrow(StartRefusal)
  await start(NEW)
})

test('on one machine, the refusal does not speak of other servers', async () => {
  await start(OLD, true)
  const refusal = await start(NEW, true).catch((thrown: unknown) => thrown)
  expect((refusal as Error).message).toMatch(/this installation was last started with/)
  expect((refusal as Error).message).not.toMatch(/other servers/)
})

test('once the new secret is in use, a restart in the first step lets nobody start with the old one alone, in this and the next rotation', async () => {
  const THIRD = 't'.repeat(32)
  for (const [old, next] of [
    [OLD, NEW],
    [NEW, THIRD],
  ]) {
    await start(old!)
    await start(`${old},${next}`)
    expect(await isFirstInUse(await given(`${next},${old}`)), 'no process seals with it yet').toBe(false)
    await start(`${next},${old}`)
    await start(`${old},${next}`)
    await expect(start(old!)).rejects.toThrow(StartRefusal)
    expect(await isFirstInUse(await given(`${next},${old}`))).toBe(true)
    await start(`${next},${old}`)
    await start(next!)
    await expect(start(old!)).rejects.toThrow(StartRefusal)
  }
  await expect(start(`${OLD},${NEW}`)).rejects.toThrow(StartRefusal)
})

test('a lost secret can be given up, and only by its command', async () => {
  await start(OLD)
  expect(await knowsSecretInUse(await given(NEW))).toBe(false)
  await replaceLostSecret(await given(NEW))
  expect(await knowsSecretInUse(await given(NEW))).toBe(true)
  await start(NEW)
  await replaceLostSecret(await given(OLD))
  await start(`${OLD},${NEW}`)
  expect(await isFirstInUse(await given(OLD)), 'found again, it is in use again').toBe(true)
})
