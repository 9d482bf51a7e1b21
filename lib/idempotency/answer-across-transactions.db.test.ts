import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '#lib/problem.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { answerAcrossTransactions } from './answer-once.ts'

let t: TestServices
let partner: TestPartner
let done = 0

beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner()
})
afterAll(() => t.stop())

const answer = async () => ({ n: ++done })
const keep = (
  key: string,
  act: () => Promise<object> = answer,
  request = 'POST /x {}',
  caller = partner.caller,
) => answerAcrossTransactions(t.services, caller, { key, request }, act)

test('A repeated request gets the first answer, and nothing is done again', async () => {
  const first = await keep('same')
  const before = done
  expect(await keep('same')).toEqual(first)
  expect(done).toBe(before)
})

test('The same key with another request is 422, and another caller can use it', async () => {
  const first = await keep('other')
  await expect(keep('other', answer, 'POST /x {"a":1}')).rejects.toMatchObject({ status: 422 })
  expect(await keep('other', answer, 'POST /x {}', (await t.aPartner()).caller)).not.toEqual(first)
})

test('A person who was withdrawn from one of their projects gets no answer that was kept before', async () => {
  const member = { apiKeyId: null, userId: crypto.randomUUID(), role: null, projectId: null }
  const both = { ...member, projectRoles: { a: 'analyst', b: 'analyst' } as const }
  const first = await keep('withdrawn', answer, 'POST /x {}', both)
  expect(await keep('withdrawn', answer, 'POST /x {}', both)).toEqual(first)
  const [one, none] = [
    { ...member, projectRoles: { b: 'analyst' } as const },
    { ...member, projectRoles: {} },
  ]
  await expect(keep('withdrawn', answer, 'POST /x {}', one)).rejects.toMatchObject({ status: 422 })
  await expect(keep('withdrawn', answer, 'POST /x {}', none)).rejects.toMatchObject({ status: 422 })
})

test('While the first is in flight a second is 409, and no connection waits with it', async () => {
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const first = keep('flight', async () => {
    start()
    await letGo
    return answer()
  })
  await started
  await expect(keep('flight')).rejects.toMatchObject({ status: 409, retryAfterSeconds: 1 })
  release()
  expect(await keep('flight', answer).catch(() => first)).toEqual(await first)
})

test('A refusal is not kept: the key is free again', async () => {
  const refused = keep('refused', () => Promise.reject(new Problem('conflict', 'Not now.')))
  await expect(refused).rejects.toMatchObject({ status: 409, message: 'Not now.' })
  expect(await keep('refused')).toEqual({ n: done })
})

test('A request that died with its process holds its key for a minute', async () => {
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { promise: letGo, reject: perish } = Promise.withResolvers<object>()
  const died = keep('died', () => {
    start()
    return letGo
  })
  died.catch(() => {})
  await started
  await t.advance(58)
  await expect(keep('died')).rejects.toMatchObject({ status: 409 })
  await t.advance(5)
  expect(await keep('died')).toEqual({ n: done })
  // Its late end takes nothing from the one that came after it.
  perish(new Error('gone'))
  await expect(died).rejects.toThrow('gone')
  expect(await keep('died')).toEqual({ n: done })
})

test('A request that ends after another one took its key neither frees the key nor replaces the answer', async () => {
  const ends: PromiseWithResolvers<object>[] = []
  const inFlight = async () => {
    const end = Promise.withResolvers<object>()
    const begun = Promise.withResolvers<void>()
    ends.push(end)
    const answered = keep('late', () => {
      begun.resolve()
      return end.promise
    })
    answered.catch(() => {})
    await begun.promise
    await t.advance(61)
    // In an object, because an async function would wait for it.
    return { answered }
  }
  const { answered: refused } = await inFlight()
  const { answered: late } = await inFlight()
  const second = keep('late', async () => {
    ends[0]!.reject(new Problem('conflict', 'Not now.'))
    await expect(refused).rejects.toMatchObject({ status: 409 })
    await expect(keep('late')).rejects.toMatchObject({ message: expect.stringContaining('in progress') })
    return { n: 'second' }
  })
  expect(await second).toEqual({ n: 'second' })
  ends[1]!.resolve({ n: 'late' })
  expect(await late).toEqual({ n: 'late' })
  expect(await keep('late')).toEqual({ n: 'second' })
})

test('After 24 hours a key is forgotten', async () => {
  const first = await keep('old')
  await t.advance(86_390)
  expect(await keep('old')).toEqual(first)
  await t.advance(20)
  expect(await keep('old')).not.toEqual(first)
})

test('A person repeats requests as a key does', async () => {
  const person = { apiKeyId: null, userId: crypto.randomUUID(), role: 'owner', projectId: null } as const
  const first = await answerAcrossTransactions(t.services, person, { key: 'person', request: 'a' }, answer)
  expect(await answerAcrossTransactions(t.services, person, { key: 'person', request: 'a' }, answer)).toEqual(
    first,
  )
})
