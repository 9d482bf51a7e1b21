import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArchiveCheck } from '#lib/genotype/archive-check.ts'
import { DETAILS_OF } from '#lib/genotype/reason-details.ts'
import { findSample } from '#lib/samples/find-sample.ts'
import { listStatuses } from '#lib/samples/list-sample-history.ts'
import { type TestLink, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { cancelSession } from './cancel-session.ts'
import { demandOpen } from './demand-open.ts'
import { expireSessions } from './expire-sessions.ts'
import { findSession } from './find-session.ts'
import { leaveSession } from './leave-session.ts'
import { BROWSER_REFUSALS_MAX } from './limits.ts'
import { policyOfLink } from './link/link-policy.ts'
import { generateJti, signLinkToken } from './link/link-token.ts'
import { noteRefusal } from './note-refusal.ts'
import { noteTrouble } from './note-trouble.ts'
import { openSession } from './open-session.ts'
import { receiveSession, rejectFile } from './record-verdict.ts'
import { presentSessionDetails, showSession } from './show-session.ts'
import { receiveUpload } from './upload/receive-upload.ts'
import { verifyUpload } from './upload/verify-upload.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const cancel = (sampleId: string) => cancelSession(t.services, sampleId)
const receive = (sampleId: string) =>
  t.services.db.transaction().execute((tx) => receiveSession(tx, sampleId))
/** An upload whose last byte is in and whose check has not ended. */
async function beginChecking(link: TestLink): Promise<string> {
  const uploadId = await t.anUpload(link)
  await receiveUpload(t.services, uploadId)
  return uploadId
}
const isOpen = (sampleId: string) => t.services.db.transaction().execute((tx) => demandOpen(tx, sampleId))
const kindsOf = async (sampleId: string) => (await t.eventsOf(sampleId)).map((event) => event.kind)

describe('the page is let in by its token alone', () => {
  const LINK_INVALID = {
    code: 'not_authenticated',
    reason: 'link_invalid',
    message: 'This link is not valid.',
  }

  test('as bearer, in any case of the word', async () => {
    const link = await t.aLink()
    expect((await findSession(t.services, `Bearer ${link.token}`)).sampleId).toBe(link.sampleId)
    expect((await findSession(t.services, `bearer ${link.token}`)).sampleId).toBe(link.sampleId)
  })

  test('and every bad token gets the same answer', async () => {
    const link = await t.aLink()
    const unknown = signLinkToken(t.services.secrets, { ...link, sampleId: crypto.randomUUID() })
    const otherMinting = signLinkToken(t.services.secrets, { ...link, jti: generateJti() })
    const other = await t.aLink()
    const crossed = signLinkToken(t.services.secrets, { ...link, jti: other.jti })
    const bad = ['', 'Bearer', `Bearer  ${link.token}`, `Token ${link.token}`, link.token, 'Bearer a.b.c']
    for (const authorization of [
      ...bad,
      ...[unknown, otherMinting, crossed].map((token) => `Bearer ${token}`),
    ]) {
      await expect(findSession(t.services, authorization)).rejects.toMatchObject(LINK_INVALID)
    }
  })

  test('and without a token the link is not called wrong: something on the way may have removed it', async () => {
    const refused = await findSession(t.services, null).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'not_authenticated', reason: 'link_invalid' })
    expect(refused).not.toMatchObject({ message: LINK_INVALID.message })
  })

  test('also when the window is over: what became of the session is told then', async () => {
    const link = await t.aLink({ expires_in: 60 })
    await t.advance(61)
    expect((await findSession(t.services, link.authorization)).state).toBe('minted')
  })
})

describe('opening', () => {
  test('from two tabs at once happens once, and both get the same deadline', async () => {
    const link = await t.aLink()
    const found = await t.readSession(link)
    const tabs = await Promise.all([1, 2, 3, 4].map(() => openSession(t.services, found)))
    expect(new Set(tabs.map((session) => session.deadline?.getTime())).size).toBe(1)
    expect(tabs.every((session) => session.state === 'opened')).toBe(true)
    expect(await kindsOf(link.sampleId)).toEqual(['minted', 'opened'])
  })

  test('gives an upload window of fifteen minutes, to the millisecond', async () => {
    const session = await t.readSession(await t.anOpenLink())
    expect(session.deadline!.getTime() - session.openedAt!.getTime()).toBe(900_000)
  })

  test('does not bring back what was canceled or received', async () => {
    const canceled = await t.aLink()
    await cancel(canceled.sampleId)
    expect((await openSession(t.services, await t.readSession(canceled))).state).toBe('canceled')
    const received = await t.anOpenLink()
    await receive(received.sampleId)
    expect((await openSession(t.services, await t.readSession(received))).state).toBe('received')
  })
})

describe('expiring', () => {
  test('happens once for each session, however many processes sweep at the same time', async () => {
    const partner = await t.aPartner()
    const opened = await Promise.all(Array.from({ length: 12 }, () => t.anOpenLink({}, partner)))
    const minted = await Promise.all(Array.from({ length: 12 }, () => t.aLink({}, partner)))
    await t.advance(901)
    const sweeps = await Promise.all([1, 2, 3, 4].map(() => expireSessions(t.services)))
    const ended = sweeps.flat()
    const ids = [...opened, ...minted].map((link) => link.sampleId)
    expect(ended.filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort())
    for (const { sampleId } of opened) {
      expect(await kindsOf(sampleId)).toEqual(['minted', 'opened', 'expired'])
      expect(await t.statusesOf(sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
    }
    for (const { sampleId } of minted) {
      expect(await t.eventsOf(sampleId)).toEqual([
        { kind: 'minted', reason: null },
        { kind: 'expired', reason: 'link_expired' },
      ])
    }
    expect(await expireSessions(t.services)).toEqual([])
  })

  test('leaves a session alone whose file is being checked, and ends it once the check is over', async () => {
    const link = await t.anOpenLink()
    const uploadId = await beginChecking(link)
    await t.advance(901)
    expect(await expireSessions(t.services)).not.toContain(link.sampleId)
    expect((await t.readSession(link)).state).toBe('opened')
    const checkArchive: ArchiveCheck = async () => ({ ok: false, faults: [{ reason: 'no_genotypes' }] })
    await verifyUpload({ ...t.services, checkArchive }, { uploadId })
    expect(await expireSessions(t.services)).toContain(link.sampleId)
  })

  test('leaves a session alone that another transaction is just deciding about', async () => {
    const link = await t.anOpenLink()
    await t.advance(901)
    await t.services.db.transaction().execute(async (tx) => {
      expect(await receiveSession(tx, link.sampleId)).toBe(true)
      expect(await expireSessions(t.services)).not.toContain(link.sampleId)
    })
    expect(await expireSessions(t.services)).not.toContain(link.sampleId)
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
  })

  test('leaves alone what ended otherwise', async () => {
    const canceled = await t.anOpenLink()
    await cancel(canceled.sampleId)
    const received = await t.anOpenLink()
    await receive(received.sampleId)
    await t.advance(5_000)
    const ended = await expireSessions(t.services)
    expect(ended).not.toContain(canceled.sampleId)
    expect(ended).not.toContain(received.sampleId)
  })
})

describe('receiving', () => {
  test('gets true for exactly one of several files at once', async () => {
    const link = await t.anOpenLink()
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => receive(link.sampleId)))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
    expect(await kindsOf(link.sampleId)).toEqual(['minted', 'opened', 'received'])
  })

  test('is refused to a session that has ended or was never opened', async () => {
    const minted = await t.aLink()
    expect(await receive(minted.sampleId)).toBe(false)
    const canceled = await t.anOpenLink()
    await cancel(canceled.sampleId)
    expect(await receive(canceled.sampleId)).toBe(false)
    expect(await t.statusesOf(canceled.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
  })
})

describe('canceling', () => {
  test('stops the link at once, opened or not, and twice is no error', async () => {
    for (const link of [await t.aLink(), await t.anOpenLink()]) {
      await cancel(link.sampleId)
      await cancel(link.sampleId)
      await expect(isOpen(link.sampleId)).rejects.toMatchObject({ code: 'gone', reason: 'link_canceled' })
      expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
      expect((await t.eventsOf(link.sampleId)).filter((event) => event.kind === 'canceled')).toEqual([
        { kind: 'canceled', reason: 'link_canceled' },
      ])
    }
  })

  test('is refused once the sample has its file', async () => {
    const link = await t.anOpenLink()
    await receive(link.sampleId)
    await expect(cancel(link.sampleId)).rejects.toMatchObject({ code: 'conflict' })
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
  })

  test('is refused once a window is over, whether the sweeper has been there or not', async () => {
    const links = [await t.aLink(), await t.anOpenLink()]
    await t.advance(901)
    for (const swept of [false, true]) {
      if (swept) await expireSessions(t.services)
      for (const { sampleId } of links) {
        await expect(cancel(sampleId)).rejects.toMatchObject({ code: 'conflict' })
      }
    }
    for (const { sampleId } of links) {
      expect(await t.statusesOf(sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
    }
  })

  test('still works while a file that was in time is being checked', async () => {
    const link = await t.anOpenLink()
    await beginChecking(link)
    await t.advance(901)
    await cancel(link.sampleId)
    expect(await receive(link.sampleId)).toBe(false)
  })

  test('of a sample without a session is 404', async () => {
    await expect(cancel(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })

  test('races with receiving: one of the two happens, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const link = await t.anOpenLink()
      const [canceled, received] = await Promise.all([
        cancel(link.sampleId).then(
          () => true,
          () => false,
        ),
        receive(link.sampleId),
      ])
      expect(canceled).toBe(!received)
      expect(await t.statusesOf(link.sampleId)).toEqual([
        'consumer awaiting data',
        received ? 'scheduled' : 'canceled',
      ])
    }
  })
})

describe('leaving and being refused', () => {
  test('leaves an event and changes no status: the link works again until the deadline', async () => {
    const link = await t.anOpenLink()
    await leaveSession(t.services, await t.readSession(link), 'file_not_ready')
    expect(await t.eventsOf(link.sampleId)).toContainEqual({ kind: 'left', reason: 'file_not_ready' })
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data'])
    await expect(isOpen(link.sampleId)).resolves.toMatchObject({ state: 'opened' })
  })

  test('keeps the last refusal and stays open', async () => {
    const link = await t.anOpenLink()
    const refusal = {
      reason: 'zip_damaged',
      detail: 'checksum',
      sha256: 'a'.repeat(64),
      at: '2030-01-01T00:00:00Z',
    } as const
    await t.services.db.transaction().execute((tx) => rejectFile(tx, link.sampleId, refusal))
    const session = await isOpen(link.sampleId)
    expect(session.lastRejection).toEqual(refusal)
    expect(await t.eventsOf(link.sampleId)).toContainEqual({ kind: 'rejected', reason: 'zip_damaged' })
  })
})

describe('a network that keeps the file from arriving', () => {
  const shownOf = async ({ sampleId }: TestLink) =>
    presentSessionDetails((await showSession(t.services, sampleId))!)

  test('is in the timeline once for each kind of trouble, and changes nothing else of the session', async () => {
    const link = await t.anOpenLink()
    const before = await shownOf(link)
    for (const trouble of ['body_too_large', 'body_too_large', 'service_error', 'body_too_large'] as const)
      await noteTrouble(t.services, await t.readSession(link), trouble)
    const { events, ...after } = await shownOf(link)
    expect(
      events.slice(before.events.length).map(({ kind, reason, detail }) => [kind, reason, detail]),
    ).toEqual([
      ['interrupted', 'network_error', 'body_too_large'],
      ['interrupted', 'service_unavailable', 'service_error'],
    ])
    const { state, tries, last_rejection } = before
    expect(after).toMatchObject({ state, tries, last_rejection })
  })

  test('is not recorded for a link that nobody opened, nor for a session that is over', async () => {
    const [unopened, over] = [await t.aLink(), await t.anOpenLink()]
    await t.advance(901)
    for (const link of [unopened, over]) {
      const session = await t.readSession(link)
      const before = await t.eventsOf(link.sampleId)
      await noteTrouble(t.services, session, 'forbidden')
      expect(await t.eventsOf(link.sampleId)).toEqual(before)
    }
  })
})

describe('a refusal of the browser', () => {
  const refusalsOf = async (link: TestLink) =>
    presentSessionDetails((await showSession(t.services, link.sampleId))!).events.filter(
      ({ kind }) => kind === 'refused_in_browser',
    )

  test('is in the timeline once for each reason and detail, and never more often than the limit, whatever comes at once', async () => {
    const link = await t.anOpenLink()
    const session = await t.readSession(link)
    const zip = { reason: 'not_a_zip', detail: 'gzip' } as const
    await Promise.all([1, 2, 3].map(() => noteRefusal(t.services, session, zip)))
    await noteRefusal(t.services, session, { reason: 'file_empty', detail: null })
    expect((await refusalsOf(link)).map(({ reason, detail }) => [reason, detail])).toEqual([
      ['not_a_zip', 'gzip'],
      ['file_empty', null],
    ])
    for (const detail of DETAILS_OF.not_a_zip)
      await noteRefusal(t.services, session, { reason: 'not_a_zip', detail })
    expect(await refusalsOf(link)).toHaveLength(BROWSER_REFUSALS_MAX)
  })

  test('is not recorded for a link that nobody opened, nor for a session that is over', async () => {
    const [unopened, over] = [await t.aLink(), await t.anOpenLink()]
    const sessions = [await t.readSession(unopened), await t.readSession(over)]
    await t.advance(901)
    for (const session of sessions)
      await noteRefusal(t.services, session, { reason: 'file_empty', detail: null })
    expect([...(await refusalsOf(unopened)), ...(await refusalsOf(over))]).toEqual([])
  })
})

describe('what the partner is shown', () => {
  test('is state, windows and timeline, and neither token nor its id', async () => {
    const partner = await t.aPartner()
    const link = await t.anOpenLink({ redirect_on_failure: 'https://clinic.example/f' }, partner)
    await leaveSession(t.services, await t.readSession(link), 'user_canceled')
    const shown = presentSessionDetails((await showSession(t.services, link.sampleId))!)
    expect(shown).toMatchObject({
      sample_id: link.sampleId,
      state: 'opened',
      reason: null,
      tries: 0,
      redirect_on_failure: 'https://clinic.example/f',
      last_rejection: null,
    })
    expect(shown.seconds_remaining).toBeGreaterThan(890)
    expect(shown.events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['minted', null],
      ['opened', null],
      ['left', 'user_canceled'],
    ])
    for (const time of [shown.created, shown.opened_at, shown.deadline, shown.link_expires_at]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    }
    expect(JSON.stringify(shown)).not.toContain(link.jti)
  })

  test('says expired from the deadline on, but not of a file that is being checked', async () => {
    const [unfinished, checking] = [await t.anOpenLink(), await t.anOpenLink()]
    await beginChecking(checking)
    await t.advance(901)
    const stateOf = async ({ sampleId }: TestLink) =>
      (await showSession(t.services, sampleId))?.standing.state
    expect(await stateOf(unfinished)).toBe('expired')
    expect(await stateOf(checking)).toBe('opened')
  })

  test('does not exist for a sample without a session', async () => {
    expect(await showSession(t.services, crypto.randomUUID())).toBeUndefined()
  })

  test('does not exist for another project either: the same 404 as for what is not there', async () => {
    const [mine, other] = [await t.aPartner(), await t.aPartner()]
    const link = await t.aLink({}, mine)
    const { caller: everywhere } = await t.aKey()
    expect((await findSample(t.services, mine.caller, link.sampleId)).id).toBe(link.sampleId)
    expect((await findSample(t.services, everywhere, link.sampleId.toUpperCase())).id).toBe(link.sampleId)
    const NOT_FOUND = { code: 'not_found', message: 'Not found.' }
    for (const id of [crypto.randomUUID(), 'x', '', `${link.sampleId}\0`, `${link.sampleId}'--`]) {
      await expect(findSample(t.services, mine.caller, id)).rejects.toMatchObject(NOT_FOUND)
    }
    await expect(findSample(t.services, other.caller, link.sampleId)).rejects.toMatchObject(NOT_FOUND)
    const page = { limit: 10, offset: 0 }
    await expect(listStatuses(t.services, other.caller, link.sampleId, page)).rejects.toMatchObject(NOT_FOUND)
  })

  test('of the history is newest first, page by page', async () => {
    const partner = await t.aPartner()
    const link = await t.anOpenLink({}, partner)
    await receive(link.sampleId)
    const pageAt = (offset: number) =>
      listStatuses(t.services, partner.caller, link.sampleId, { limit: 1, offset })
    const pages = [await pageAt(0), await pageAt(1), await pageAt(2)]
    expect(pages.map(({ count, rows }) => [count, rows[0]?.status])).toEqual([
      [2, 'scheduled'],
      [2, 'consumer awaiting data'],
      [2, undefined],
    ])
  })
})

describe('who may frame the page', () => {
  const DEVELOPMENT = ['https:', 'http://localhost:*', 'http://127.0.0.1:*', 'http://*.localhost:*']

  test("is the project's list where it has one", async () => {
    const partner = await t.aPartner({ frameOrigins: ['https://clinic.example', 'capacitor://localhost'] })
    const { token } = await t.aLink({}, partner)
    expect((await policyOfLink(t.services, new URLSearchParams({ token }))).ancestors).toEqual([
      'https://clinic.example',
      'capacitor://localhost',
    ])
  })

  test('and the language of the page, are the same when only the sample is named', async () => {
    const partner = await t.aPartner({ frameOrigins: ['https://clinic.example'] })
    const { sampleId, token } = await t.aLink({ locale: 'de' }, partner)
    const bySample = await policyOfLink(t.services, new URLSearchParams({ sample: sampleId }))
    expect(bySample).toEqual({ ancestors: ['https://clinic.example'], locale: 'de', sampleId })
    expect(await policyOfLink(t.services, new URLSearchParams({ token }))).toEqual(bySample)
  })

  test('else any https page, and loopback while the installation is loopback itself', async () => {
    const { token } = await t.aLink()
    const published = { ...t.services, env: { ...t.services.env, loopback: false } }
    const unknown = ['', 'token=not-a-token', 'sample=x', `sample=${crypto.randomUUID()}`]
    for (const any of [`token=${token}`, ...unknown]) {
      const query = new URLSearchParams(any)
      expect((await policyOfLink(t.services, query)).ancestors).toEqual(DEVELOPMENT)
      expect((await policyOfLink(published, query)).ancestors).toEqual(['https:'])
    }
  })
})
