import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { createUser, generatePassword } from '#lib/people/create-user.ts'
import { issueTokens, refreshAccessToken, verifyToken } from '#lib/people/issue-tokens.ts'
import { provideServices } from '#lib/services.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { sweep } from '#lib/sweep.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'

/** The day after seconds since 1970 no longer fit into 32 bits. */
const AFTER = Date.UTC(2038, 0, 20, 12)

let t: TestServices
let partner: TestPartner
beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
  await t.advance(Math.round((AFTER - Date.now()) / 1_000))
  partner = await t.aPartner()
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

async function call<Answer>(method: string, at: string, body?: unknown): Promise<Answer> {
  const response = await callRoute(
    new Request(`http://localhost/api/v2/${at}`, {
      method,
      headers: { Authorization: `Api-Key ${partner.key}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}

const seconds = (time: string) => Date.parse(time) / 1_000

test('A link is minted, opened and fulfilled after 2038-01-19, and its times are right', async () => {
  const minted = await call<{ sample_id: string; expires_at: string }>('POST', 'array-data-upload-form', {
    expires_in: 900,
  })
  const now = (await t.services.clock.now()).getTime() / 1_000
  expect(Math.abs(seconds(minted.expires_at) - now - 900)).toBeLessThan(120)
  expect(minted.expires_at).toMatch(/^2038-01-2\dT\d\d:\d\d:\d\dZ$/)

  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload(t.services, { uploadId })
  await runAnalysis(t.services, { runId: await t.runOf(link.sampleId) })
  const sample = await call<{ last_status: { status: string; created: string } }>(
    'GET',
    `samples/${link.sampleId}`,
  )
  expect(sample.last_status).toMatchObject({ status: 'succeeded', created: /^2038-01-2\d/ })
})

test('A link that nobody uses expires, and its partner is told', async () => {
  await createSubscription(t.services, { ...partner.caller, role: 'owner' }, partner.project.id, {
    target: 'http://127.0.0.1:9/hook',
    event_types: ['sample_status_changed'],
  })
  const { sampleId } = await t.anOpenLink({}, partner)
  await t.advance(3_600)
  await sweep(t.services)
  const sample = await call<{ last_status: { status: string } }>('GET', `samples/${sampleId}`)
  expect(sample.last_status.status).toBe('consumer session expired')
  const { results } = await call<{ results: { created: string }[] }>(
    'GET',
    `sample-notifications/${sampleId}`,
  )
  expect(results[0]?.created).toMatch(/^2038-/)
})

test('A person signs in, and tokens are told from expired ones', async () => {
  const password = generatePassword()
  const user = await createUser(t.services, { email: 'person@clinic.example', role: 'viewer', password })
  const visitor = { address: '192.0.2.1', requestId: crypto.randomUUID() }
  const tokens = await issueTokens(t.services, { email: user.email, password }, visitor)
  await verifyToken(t.services, { token: tokens.access })
  expect(await refreshAccessToken(t.services, { refresh: tokens.refresh })).toHaveProperty('access')
})

test('A time without an offset is UTC in filters, and a day is a day of UTC in counts', async () => {
  const { sampleId } = await t.aLink({}, partner)
  const { created } = await call<{ created: string }>('GET', `samples/${sampleId}`)
  const around = (delta: number) =>
    new Date(Date.parse(created) + delta * 1_000).toISOString().replace('Z', '')
  const found = async (query: string) =>
    (await call<{ meta: { count: number } }>('GET', `samples?search=${sampleId}&${query}`)).meta.count
  expect(await found(`created_after=${around(-1)}`)).toBe(1)
  expect(await found(`created_after=${around(1)}`)).toBe(0)
  expect(await found(`created_before=${around(1)}`)).toBe(1)
  expect(await found(`created_before=${around(-1)}`)).toBe(0)
  const day = created.slice(0, 10)
  expect(await found(`created_after=${day}`)).toBe(1)
  const counted = await call<{ days: { day: string; minted: number }[] }>(
    'GET',
    `insights?from=${day}&to=${day}&project=${partner.project.id}`,
  )
  expect(counted.days.filter(({ minted }) => minted > 0).map((one) => one.day)).toEqual([day])
})
