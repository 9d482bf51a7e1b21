import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import type { Problem } from '#lib/problem.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { cancelSamples } from './cancel-samples.ts'
import { expireSessions } from './expire-sessions.ts'
import { receiveUpload } from './upload/receive-upload.ts'
import { verifyUpload } from './upload/verify-upload.ts'

let t: TestServices
let partner: TestPartner

beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner()
})
afterAll(() => t.stop())

const cancel = (ids: unknown, of = partner) =>
  cancelSamples(t.services, of.caller, { projectId: partner.project.id, fields: { sample_ids: ids } })

const refusalOf = (canceling: Promise<unknown>): Promise<Problem> =>
  canceling.then(
    () => Promise.reject(new Error('Nothing was refused')),
    (problem: Problem) => problem,
  )
const fieldOf = async (canceling: Promise<unknown>) => (await refusalOf(canceling)).fields?.sample_ids

async function anAcceptedSample(of = partner): Promise<string> {
  const link = await t.anOpenLink({}, of)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  await verifyUpload(t.services, { uploadId })
  return link.sampleId
}

async function aSucceededSample(): Promise<string> {
  const sampleId = await anAcceptedSample()
  await runAnalysis(t.services, { runId: await t.runOf(sampleId) })
  return sampleId
}

const lastStatus = async (sampleId: string) => (await t.statusesOf(sampleId)).at(-1)

test('What waits for data or for its run is canceled: link and upload end with it', async () => {
  const link = await t.anOpenLink({}, partner)
  const unfinished = await t.anUpload(link, { sent: 10 })
  const scheduled = await anAcceptedSample()
  expect(await cancel([link.sampleId, scheduled])).toBe(2)
  for (const id of [link.sampleId, scheduled]) expect(await lastStatus(id)).toBe('canceled')
  expect((await t.eventsOf(link.sampleId)).at(-1)).toEqual({ kind: 'canceled', reason: 'link_canceled' })
  expect(await t.services.parts.offset(unfinished)).toBeUndefined()
})

test('Canceling again answers the same and changes nothing', async () => {
  const scheduled = await anAcceptedSample()
  await cancel([scheduled])
  const before = await t.statusesOf(scheduled)
  expect(await cancel([scheduled, scheduled, scheduled.replaceAll('-', '').toUpperCase()])).toBe(1)
  expect(await t.statusesOf(scheduled)).toEqual(before)
})

test('What has ended stays as it is, and is not counted; when that is all of them, it is said', async () => {
  const [ended, scheduled] = [await aSucceededSample(), await anAcceptedSample()]
  expect(await cancel([ended, scheduled])).toBe(1)
  expect(await lastStatus(ended)).toBe('succeeded')
  expect(await fieldOf(cancel([ended]))).toEqual([
    expect.stringContaining('None of these samples can be canceled'),
  ])
})

test('A sample whose file is just being checked is canceled, whatever the check finds', async () => {
  const link = await t.anOpenLink({}, partner)
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  expect(await cancel([link.sampleId])).toBe(1)
  await verifyUpload(t.services, { uploadId })
  expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
})

test('A link whose time ran out is no canceled one, before the sweeper noted it as after', async () => {
  const link = await t.anOpenLink({}, partner)
  await t.advance(901)
  expect(await fieldOf(cancel([link.sampleId]))).toHaveLength(1)
  await expireSessions(t.services)
  expect(await fieldOf(cancel([link.sampleId]))).toHaveLength(1)
  expect(await lastStatus(link.sampleId)).toBe('consumer session expired')
})

test('An id that is not of this project refuses all of them, and says no more than that', async () => {
  const own = await anAcceptedSample()
  const foreign = await anAcceptedSample(await t.aPartner())
  const unknown = crypto.randomUUID()
  for (const id of [foreign, unknown]) {
    expect(await fieldOf(cancel([own, id]))).toEqual([`Invalid sample IDs: ${id}`])
  }
  expect(await lastStatus(own)).toBe('scheduled')
  expect(await lastStatus(foreign)).toBe('scheduled')
  expect((await refusalOf(cancel([own], await t.aPartner()))).code).toBe('not_found')
})

test.each([
  [[], 'This list may not be empty.'],
  [undefined, 'This field is required.'],
  [null, 'This field may not be null.'],
  ['text', 'Expected a list of items.'],
  [['11111111'], 'Must be a valid UUID.'],
  [[7], 'Must be a valid UUID.'],
])('%j is refused in the words of Django REST', async (ids, words) => {
  expect(await fieldOf(cancel(ids))).toEqual([words])
})
