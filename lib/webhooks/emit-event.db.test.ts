import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import { acceptSamples } from '#lib/samples/accept-samples.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import { openSession } from '#lib/sessions/open-session.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { sweep } from '#lib/sweep.ts'
import {
  acceptingCheck,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { createSubscription, deleteSubscription } from './change-subscription.ts'
import { forgetEvents } from './emit-event.ts'
import { EVENT_TYPES } from './event.ts'
import { listNotifications } from './find-notification.ts'
import { EVENT_DAYS } from './limits.ts'
import { presentPayload } from './wire.ts'

let t: TestServices
let partner: TestPartner
let subscriptionId: string

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())
beforeEach(async () => {
  partner = await t.aPartner()
  subscriptionId = await subscribe()
})

const subscribe = async () => {
  const fields = { target: 'https://hooks.clinic.example/', event_types: Object.keys(EVENT_TYPES) }
  return (await createSubscription(t.services, partner.caller, partner.project.id, fields)).id
}

/** Everything that was written for the subscription, oldest first: type, status, and reason where there is one. */
async function told(): Promise<unknown[][]> {
  const page = { state: undefined, limit: 200, offset: 0 }
  const { rows } = await listNotifications(t.services, partner.caller, subscriptionId, page)
  return rows.toReversed().map((notification) => {
    const [{ event_type, payload }] = JSON.parse(presentPayload(notification))
    const { reason, detail, samples } = payload
    const status = samples[0].last_status.status
    return reason === undefined ? [event_type, status] : [event_type, status, reason, detail]
  })
}

const AWAITING = 'consumer awaiting data'
const OPENED = ['array_data_upload_opened', AWAITING]

/** A file of this link as far as the server's judgement of it. */
async function checkFile(link: Awaited<ReturnType<TestServices['anOpenLink']>>, services = t.services) {
  const uploadId = await t.anUpload(link)
  await receiveUpload(services, uploadId)
  await verifyUpload(services, { uploadId })
}

describe('subscribers are notified, in order,', () => {
  test('of a file from link to deliverables', async () => {
    const link = await t.anOpenLink({}, partner)
    await checkFile(link)
    const [{ runId }] = (await t.queued('run-analysis')).slice(-1) as [{ runId: string }]
    await runAnalysis(t.services, { runId })
    expect(await told()).toEqual([
      OPENED,
      ['sample_status_changed', 'scheduled'],
      ['array_data_upload_received', 'scheduled'],
      ['sample_status_changed', 'running'],
      ['sample_status_changed', 'succeeded'],
      ['analysis_complete_v2', 'succeeded'],
    ])
  })

  test('once for a run that starts again', async () => {
    const link = await t.anOpenLink({}, partner)
    await checkFile(link)
    const again = () =>
      t.services.db.transaction().execute((tx) => moveSample(tx, { sampleId: link.sampleId, to: 'running' }))
    expect([await again(), await again()]).toEqual([true, true])
    const running = (await told()).filter(
      ([type, status]) => type === 'sample_status_changed' && status === 'running',
    )
    expect(running).toHaveLength(1)
  })

  test('of a sample whose quality failed, by the same event', async () => {
    const checkArchive = acceptingCheck({ autosomalCallRate: 0.2 })
    const link = await t.anOpenLink({}, partner)
    await checkFile(link, { ...t.services, checkArchive })
    const [{ runId }] = (await t.queued('run-analysis')).slice(-1) as [{ runId: string }]
    await runAnalysis(t.services, { runId })
    expect((await told()).at(-1)).toEqual(['analysis_complete_v2', 'failed qc'])

    const before = (await told()).length
    const { projectId, ...fields } = { projectId: partner.project.id, sample_ids: [link.sampleId] }
    const accept = () =>
      acceptSamples(t.services, partner.caller, { projectId, fields: { ...fields, reason: 'known here' } })
    expect(await accept()).toEqual([link.sampleId])
    await expect(accept()).rejects.toMatchObject({ code: 'invalid' })
    expect((await told()).slice(before)).toEqual([
      ['sample_status_changed', 'succeeded'],
      ['analysis_complete_v2', 'succeeded'],
    ])
    const sample = await findSample(t.services, partner.caller, link.sampleId)
    expect(sample).toMatchObject({ status: 'succeeded', status_note: 'accepted: known here' })
    // What was measured stays as it was measured.
    expect(sample.failed_qc).toContain('low_call_rate')
  })

  test('of a refused file, with reason and detail, and of a person who left', async () => {
    const checkArchive: ArchiveCheck = async () => ({
      ok: false,
      faults: [{ reason: 'archive_modified', detail: 'extra_files' }],
    })
    const link = await t.anOpenLink({}, partner)
    await checkFile(link, { ...t.services, checkArchive })
    await leaveSession(t.services, await t.readSession(link), 'archive_modified')
    expect(await told()).toEqual([
      OPENED,
      ['array_data_upload_rejected', AWAITING, 'archive_modified', 'extra_files'],
      ['array_data_upload_left', AWAITING, 'archive_modified', null],
    ])
  })

  test('of sessions that time or the partner ended', async () => {
    await t.anOpenLink({}, partner)
    await t.advance(UPLOAD_WINDOW_SECONDS + 1)
    await sweep(t.services)
    const canceled = await t.aLink({}, partner)
    await cancelSession(t.services, canceled.sampleId)
    expect(await told()).toEqual([
      OPENED,
      ['sample_status_changed', 'consumer session expired'],
      ['array_data_upload_expired', 'consumer session expired', 'session_expired', null],
      ['sample_status_changed', 'canceled'],
    ])
  })
})

test('where nobody subscribed, nothing is written', async () => {
  const other = await t.aPartner()
  const { sampleId } = await t.anOpenLink({}, other)
  const events = t.services.db.selectFrom('webhook_event').select('id').where('sample_id', '=', sampleId)
  expect(await events.execute()).toEqual([])
})

test('a subscription deleted at the same moment does not make the change fail', async () => {
  for (let round = 0; round < 20; round++) {
    const id = await subscribe()
    const link = await t.aLink({}, partner)
    const session = await t.readSession(link)
    const [opened] = await Promise.all([
      openSession(t.services, session),
      deleteSubscription(t.services, partner.caller, id),
    ])
    expect(opened.state).toBe('opened')
  }
})

test('events are forgotten with their log after 90 days, and not before', async () => {
  await t.anOpenLink({}, partner)
  await t.advance(EVENT_DAYS * 86_400 - 60)
  await forgetEvents(t.services)
  expect(await told()).toEqual([OPENED])
  await t.advance(120)
  await forgetEvents(t.services)
  expect(await told()).toEqual([])
})
