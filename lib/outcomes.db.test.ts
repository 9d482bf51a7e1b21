import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import { TEST_FILES, type TestFileName } from '#lib/genotype/fixtures/test-files.ts'
import type { FileReason, LeavingReason, ServiceReason } from '#lib/genotype/reason.ts'
import { cancelSession } from '#lib/sessions/cancel-session.ts'
import { expireSessions } from '#lib/sessions/expire-sessions.ts'
import { findSession } from '#lib/sessions/find-session.ts'
import { leaveSession } from '#lib/sessions/leave-session.ts'
import { LINK_SECONDS_DEFAULT, UPLOAD_WINDOW_SECONDS } from '#lib/sessions/limits.ts'
import { noteRefusal } from '#lib/sessions/note-refusal.ts'
import {
  isLinkOutcome,
  isPageOutcome,
  type LinkOutcome,
  OUTCOMES,
  type OutcomeName,
} from '#lib/sessions/outcomes.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import {
  acceptingCheck,
  type TestLink,
  type TestPartner,
  type TestServices,
  testServices,
} from '#lib/testing/test-services.ts'
import { createSubscription } from '#lib/webhooks/change-subscription.ts'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'

let t: TestServices
let partner: TestPartner
beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner()
  await createSubscription(t.services, { ...partner.caller, role: 'manager' }, partner.project.id, {
    target: 'https://partner.example/hook',
    event_types: Object.keys(EVENT_TYPES),
  })
})
afterAll(() => t.stop())

/** What the server finds in a test file; lib/sessions/upload/test-files.test.ts holds that it does find it. */
function findingsOf(name: TestFileName): ArchiveCheck {
  const { outcome } = TEST_FILES[name]
  if (!('reason' in outcome)) return acceptingCheck(name === 'failed-qc' ? { autosomalCallRate: 0.75 } : {})
  const { reason, detail } = OUTCOMES[name]
  return async () => ({
    ok: false,
    faults: [{ reason: reason as FileReason, ...(detail ? { detail } : {}) }],
  })
}

async function sendFile(name: TestFileName, link: TestLink): Promise<void> {
  const services = { ...t.services, checkArchive: findingsOf(name) }
  const uploadId = await t.anUpload(link)
  await receiveUpload(services, uploadId)
  await verifyUpload(services, { uploadId })
  if (OUTCOMES[name].event === 'analysis_complete_v2') {
    await runAnalysis(services, { runId: await t.runOf(link.sampleId) })
  }
}

const refuseOnDevice = (name: OutcomeName, link: TestLink) =>
  noteRefusal(t.services, link, {
    reason: OUTCOMES[name].reason as FileReason,
    detail: OUTCOMES[name].detail,
  })

const LINKS: Record<LinkOutcome, () => Promise<TestLink>> = {
  async expired() {
    const link = await t.aLink({}, partner)
    await t.advance(LINK_SECONDS_DEFAULT + 1)
    await expireSessions(t.services)
    return link
  },
  async 'session-expired'() {
    const link = await t.anOpenLink({}, partner)
    await t.advance(UPLOAD_WINDOW_SECONDS + 1)
    await expireSessions(t.services)
    return link
  },
  left: () => leave('user_canceled'),
  'file-not-ready': () => leave('file_not_ready'),
  async unreadable() {
    const link = await t.anOpenLink({}, partner)
    await refuseOnDevice('unreadable', link)
    return link
  },
  async canceled() {
    const link = await t.aLink({}, partner)
    await cancelSession(t.services, link.sampleId)
    return link
  },
  async 'link-invalid'() {
    const link = await t.aLink({}, partner)
    const cut = findSession(t.services, link.authorization.slice(0, -8))
    await expect(cut).rejects.toMatchObject({ reason: 'link_invalid' })
    return link
  },
  async 'already-uploaded'() {
    const link = await t.anOpenLink({}, partner)
    await sendFile('succeeded', link)
    await expect(t.anUpload(link)).rejects.toMatchObject({ reason: 'already_uploaded' })
    return link
  },
  'network-error': () => leave('network_error'),
  'service-unavailable': () => leave('service_unavailable'),
  'internal-error': () => leave('internal_error'),
}

async function leave(reason: LeavingReason | ServiceReason): Promise<TestLink> {
  const link = await t.anOpenLink({}, partner)
  await leaveSession(t.services, await t.readSession(link), reason)
  return link
}

async function play(name: OutcomeName): Promise<TestLink> {
  if (isLinkOutcome(name)) return LINKS[name]()
  const link = await t.anOpenLink({}, partner)
  await (OUTCOMES[name].event === null ? refuseOnDevice(name, link) : sendFile(name, link))
  return link
}

test.each(Object.keys(OUTCOMES) as OutcomeName[])(
  'the outcome "%s" reaches its status, its event, its reason and its detail',
  async (name) => {
    const { status, event, detail } = OUTCOMES[name]
    // Of the others, only the page is told, above.
    const reason = isPageOutcome(name) ? null : OUTCOMES[name].reason
    const { sampleId } = await play(name)
    expect((await t.statusesOf(sampleId)).at(-1)).toBe(status)
    const { rows: events } = await sql<{ type: string; reason: string | null; detail: string | null }>`
      select type, payload ->> 'reason' as reason, payload ->> 'detail' as detail from webhook_event
       where sample_id = ${sampleId} and type <> 'array_data_upload_opened' order by created`.execute(
      t.services.db,
    )
    const about = events.filter(({ type }) => type === event)
    // What happened to the link alone is in its timeline; a change of status has no reason in its event.
    const told = event === null || event === 'sample_status_changed' ? [] : [{ type: event, reason, detail }]
    expect(about.filter(({ type }) => type !== 'sample_status_changed')).toEqual(told)
    if (event === null) expect(events).toEqual([])
    else expect(about.length).toBeGreaterThan(0)
    const timeline = (await t.eventsOf(sampleId)).map((entry) => entry.reason)
    if (reason !== null) expect(timeline.at(-1)).toBe(reason)
  },
)
