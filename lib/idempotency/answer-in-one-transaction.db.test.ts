import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '#lib/platform/db/connect.ts'
import { deleteSamples } from '#lib/samples/delete-samples.ts'
import type { Tx } from '#lib/services.ts'
import type { LinkToken } from '#lib/sessions/link/link-token.ts'
import { mintWithin } from '#lib/sessions/link/mint-session.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { answerInOneTransaction, forgetAnswers } from './answer-once.ts'

let t: TestServices
let partner: TestPartner

beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner()
})
afterAll(() => t.stop())

const mintIn = (tx: Tx, services = t.services) => mintWithin(tx, services, partner.caller, {})

function once(
  key: string,
  { request = 'mint {}', caller = partner.caller, services = t.services, act = mintIn } = {},
) {
  return answerInOneTransaction(
    services,
    caller,
    { key, request },
    (tx: Tx): Promise<LinkToken> => act(tx, services),
  )
}

async function countSamples(): Promise<number> {
  const count = t.services.db.selectFrom('sample').select((eb) => eb.fn.countAll<number>().as('count'))
  return Number((await count.executeTakeFirstOrThrow()).count)
}

const answersOf = (key: string) =>
  t.services.db.selectFrom('idempotency').selectAll().where('key', '=', key).execute()

test('A repeated request gets the first answer and makes nothing new', async () => {
  const first = await once('same')
  const before = await countSamples()
  expect(await once('same')).toEqual(first)
  expect(await once('same')).toEqual(first)
  expect(await countSamples()).toBe(before)
})

test('What is kept holds no token: it is signed again for each answer', async () => {
  await once('kept')
  const [answer] = await answersOf('kept')
  expect(Object.keys(answer!.response as object).sort()).toEqual([
    'exp',
    'form',
    'iat',
    'jti',
    'locale',
    'sampleId',
  ])
})

test('The same key with another request is 422, and the first answer stands', async () => {
  const first = await once('other-body')
  const different = once('other-body', { request: 'mint {"expires_in":60}' })
  await expect(different).rejects.toMatchObject({ status: 422 })
  expect(await once('other-body')).toEqual(first)
})

test('While the first is in flight a second is 409 with the time to wait', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
  const first = once('in-flight', {
    act: async (tx) => {
      start()
      await letGo
      return mintIn(tx)
    },
  })
  await started
  await expect(once('in-flight')).rejects.toMatchObject({ status: 409, retryAfterSeconds: 1 })
  // Another key, or the same key of another caller, does not wait.
  await once('in-flight-2')
  await once('in-flight', { caller: (await t.aPartner()).caller })
  release()
  expect(await once('in-flight').catch(() => first)).toEqual(await first)
})

test('Many repetitions at once make one session', async () => {
  const before = await countSamples()
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => once('storm')))
  expect(await countSamples()).toBe(before + 1)
  const first = await once('storm')
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(first)
    else expect(outcome.reason).toMatchObject({ status: 409 })
  }
})

test('More requests at once than connections all get their answer: each needs one', async () => {
  const db = connect({ url: t.databaseUrl, log: t.services.log, connectionsMax: 2 })
  try {
    const services = { ...t.services, db }
    const links = await Promise.all(Array.from({ length: 12 }, (_, n) => once(`pool-${n}`, { services })))
    expect(new Set(links.map((link) => link.sampleId)).size).toBe(12)
  } finally {
    await db.destroy()
  }
})

test('A crash, or a refusal, leaves neither session nor answer, and the key is free again', async () => {
  const before = await countSamples()
  const dying = once('crash', {
    act: async (tx) => {
      await mintIn(tx)
      throw new Error('killed')
    },
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await countSamples()).toBe(before)
  expect(await answersOf('crash')).toEqual([])
  await once('crash')
  expect(await countSamples()).toBe(before + 1)
})

test('After 24 hours a key is forgotten, whether the sweeper has been there or not', async () => {
  const first = await once('old')
  await t.advance(86_390)
  expect(await once('old')).toEqual(first)
  await t.advance(20)
  const second = await once('old', { request: 'mint {"expires_in":60}' })
  expect(second).not.toEqual(first)
  await forgetAnswers(t.services)
  expect(await answersOf('old')).toHaveLength(1)
  await t.advance(86_410)
  await forgetAnswers(t.services)
  expect(await answersOf('old')).toEqual([])
})

test('An answer that is just being replaced is not forgotten with the one before', async () => {
  await once('taken')
  await t.advance(86_410)
  await t.services.db.transaction().execute(async (tx) => {
    await sql`update idempotency set created = app_now() where key = 'taken'`.execute(tx)
    await forgetAnswers(t.services)
  })
  expect(await answersOf('taken')).toHaveLength(1)
})

test.each(['', ' ', 'a b', 'é', 'a\n', 'x'.repeat(256)])('%j is no key', async (key) => {
  await expect(once(key)).rejects.toMatchObject({ status: 400 })
})

test('A key of 255 visible characters is one', async () => {
  const first = await once('~'.repeat(255))
  expect(await once('~'.repeat(255))).toEqual(first)
})

test('An answer goes with the sample it names: the same key then makes another', async () => {
  const first = await once('with-sample')
  const other = await once('with-other-sample')
  const fields = { sample_ids: [first.sampleId] }
  await deleteSamples(t.services, partner.caller, { projectId: partner.project.id, fields })
  expect(await answersOf('with-sample')).toEqual([])
  expect((await once('with-sample')).sampleId).not.toBe(first.sampleId)
  expect(await once('with-other-sample')).toEqual(other)
})
