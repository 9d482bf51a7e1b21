import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import { createNoTelemetry } from '#lib/platform/telemetry/no-telemetry.ts'
import type { GaugeName, Reading, Telemetry } from '#lib/platform/telemetry/telemetry.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { openSession } from '#lib/sessions/open-session.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { acceptingCheck, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { JOB_POLICIES } from './jobs.ts'
import { observeServices } from './observe-services.ts'

const gauges = new Map<string, () => unknown>()
const counted: string[] = []
const telemetry: Telemetry = {
  ...createNoTelemetry(),
  count(_name, labels) {
    counted.push(Object.values(labels).join(' ').trim())
  },
  observe(name, read) {
    gauges.set(name, read)
  },
}

let t: TestServices

beforeAll(async () => {
  t = await testServices({ telemetry })
})
afterAll(() => t.stop())

const look = async <Name extends GaugeName>(name: Name) => (await gauges.get(name)!()) as Reading<Name>[]

test('What happens to sessions is counted once each, and what did not happen is not', async () => {
  const partner = await t.aPartner()
  const links = await Promise.all([1, 2, 3, 4, 5].map(() => t.aLink({}, partner)))
  const [left, canceled, expired, received, rejected] = links
  expect(counted.splice(0)).toEqual(Array(5).fill('minted'))
  for (const link of [left!, received!, rejected!]) {
    const found = await t.readSession(link)
    await Promise.all([openSession(t.services, found), openSession(t.services, found)])
  }
  expect(counted.splice(0)).toEqual(Array(3).fill('opened'))

  await leaveSession(t.services, await t.readSession(left!), 'file_not_ready')
  for (const _twice of [1, 2]) await cancelSession(t.services, canceled!.sampleId)
  const refusing: ArchiveCheck = async () => ({ ok: false, faults: [{ reason: 'zip_damaged' }] })
  for (const [link, checkArchive] of [
    [received!, acceptingCheck()],
    [rejected!, refusing],
  ] as const) {
    const uploadId = await t.anUpload(link)
    await receiveUpload(t.services, uploadId)
    for (const _twice of [1, 2]) await verifyUpload({ ...t.services, checkArchive }, { uploadId })
  }
  await t.advance(3_601)
  for (const _twice of [1, 2]) await expireSessions(t.services)
  expect(counted.splice(0).sort()).toEqual([
    'canceled link_canceled',
    'expired link_expired',
    'expired session_expired',
    'expired session_expired',
    'left file_not_ready',
    'received',
    'rejected zip_damaged',
  ])
  expect((await t.readSession(expired!)).state).toBe('expired')
})

test('The whole installation is told of: links in use, what waits for workers, and for receivers', async () => {
  observeServices(t.services, { web: false, worker: true })
  const partner = await t.aPartner()
  const fields = { target: 'http://127.0.0.1:9/', event_types: ['array_data_upload_opened'] }
  await createSubscription(t.services, { ...partner.caller, role: 'manager' }, partner.project.id, fields)
  await t.aLink({}, partner)
  const open = await t.anOpenLink({}, partner)
  await receiveUpload(t.services, await t.anUpload(open))
  // Of the test before, every session has ended.
  expect(await look('arraydrop.sessions')).toEqual([
    { value: 1, labels: { state: 'minted' } },
    { value: 1, labels: { state: 'opened' } },
  ])
  expect(await look('arraydrop.queue.jobs')).toContainEqual({
    value: expect.any(Number),
    labels: { queue: 'verify-upload', state: 'waiting' },
  })
  expect(await look('arraydrop.queue.oldest.age')).toHaveLength(Object.keys(JOB_POLICIES).length)
  expect(await look('arraydrop.process.role')).toEqual([{ value: 1, labels: { role: 'worker' } }])
  const [[free], [size]] = [await look('arraydrop.disk.free'), await look('arraydrop.disk.size')]
  expect(free!.value).toBeGreaterThan(0)
  expect(size!.value).toBeGreaterThan(free!.value)
  expect(await look('arraydrop.webhook.backlog')).toEqual([{ value: 1, labels: {} }])
  const [oldest] = await look('arraydrop.webhook.oldest.age')
  expect(oldest!.value).toBeGreaterThan(0)
})
