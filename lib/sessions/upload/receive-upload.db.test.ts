import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sweep } from '#lib/sweep.ts'
import { overriding, type TestLink, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { cancelSession } from '../cancel-session.ts'
import { leaveSession } from '../leave-session.ts'
import { summariseSession } from '../show-session.ts'
import { viewSession } from '../view-session.ts'
import { discardLeftOver } from './discard-uploads.ts'
import { receiveUpload } from './receive-upload.ts'
import { requeueChecks, settleSample, settleUploads } from './settle-uploads.ts'
import { sweepParts } from './sweep-parts.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const uploadRow = (id: string) =>
  t.services.db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const stateOf = async (id: string) => (await uploadRow(id)).state
const offsetOf = (id: string) => t.services.parts.offset(id)
const checksOf = async (id: string) => (await t.queued('verify-upload')).filter((job) => job.uploadId === id)
const view = async (link: TestLink) => viewSession(t.services, await t.readSession(link))
const leave = async (link: TestLink) => leaveSession(t.services, await t.readSession(link), 'user_canceled')

describe('the last byte', () => {
  test('puts the file into check with one job, however often it is said', async () => {
    const id = await t.anUpload(await t.anOpenLink())
    await Promise.all([1, 2, 3, 4].map(() => receiveUpload(t.services, id)))
    await receiveUpload(t.services, id)
    expect(await uploadRow(id)).toMatchObject({ state: 'checking', received_at: expect.any(Date) })
    expect(await checksOf(id)).toHaveLength(1)
  })

  test('after the deadline is refused with what the session says, and its bytes are gone', async () => {
    const id = await t.anUpload(await t.anOpenLink())
    await t.advance(900)
    const over = { status: 410, reason: 'session_expired' }
    await expect(receiveUpload(t.services, id)).rejects.toMatchObject(over)
    expect(await stateOf(id)).toBe('discarded')
    expect(await offsetOf(id)).toBeUndefined()
    expect(await checksOf(id)).toEqual([])
  })

  test('of a canceled link is refused, too', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link)
    await cancelSession(t.services, link.sampleId)
    expect(await stateOf(id)).toBe('discarded')
    expect(await offsetOf(id)).toBeUndefined()
    await expect(receiveUpload(t.services, id)).rejects.toMatchObject({ status: 404 })
    expect(await stateOf(id)).toBe('discarded')
  })

  test('that cannot be queued is not received either: row and job are one transaction', async () => {
    const id = await t.anUpload(await t.anOpenLink())
    const queue = overriding(t.services.queue, {
      enqueue: () => Promise.reject(new Error('the queue is away')),
    })
    await expect(receiveUpload({ ...t.services, queue }, id)).rejects.toThrow('the queue is away')
    expect(await stateOf(id)).toBe('receiving')
    await receiveUpload(t.services, id)
    expect(await checksOf(id)).toHaveLength(1)
  })

  test('of an upload that was given up is never acknowledged, nor of one that nobody knows', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link)
    await leave(link)
    for (const gone of [id, 'nobody']) {
      await expect(receiveUpload(t.services, gone)).rejects.toMatchObject({ status: 404 })
    }
    expect(await checksOf(id)).toEqual([])
  })
})

describe('a completion that a crash swallowed', () => {
  test('is found again when the page asks, and by the sweeper', async () => {
    const link = await t.anOpenLink()
    const [mine, other] = [await t.anUpload(link), await t.anUpload(await t.anOpenLink())]
    await settleSample(t.services, link.sampleId)
    expect([await stateOf(mine), await stateOf(other)]).toEqual(['checking', 'receiving'])
    await settleUploads(t.services)
    expect([await stateOf(mine), await stateOf(other)]).toEqual(['checking', 'checking'])
    expect(await checksOf(mine)).toHaveLength(1)
  })

  test('is not invented: an upload with a byte missing is still being received', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link, { bytes: new Uint8Array(1_000), sent: 999 })
    await settleSample(t.services, link.sampleId)
    expect(await stateOf(id)).toBe('receiving')
  })

  test('found after the deadline is too late, and says so without failing', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link)
    await t.advance(900)
    await settleSample(t.services, link.sampleId)
    expect(await stateOf(id)).toBe('discarded')
    expect((await view(link)).state).toBe('expired')
  })
})

describe('what is left unfinished', () => {
  test('of a session that expired is deleted by the sweep that ends it', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link, { sent: 500 })
    await t.advance(900)
    await sweep(t.services)
    expect(await stateOf(id)).toBe('discarded')
    expect(await offsetOf(id)).toBeUndefined()
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
  })

  test('of a session that ended just before a crash is deleted by the next sweep', async () => {
    for (const state of ['received', 'expired', 'canceled'] as const) {
      const link = await t.anOpenLink()
      const id = await t.anUpload(link, { sent: 500 })
      const { db } = t.services
      await db.updateTable('upload_session').set({ state }).where('sample_id', '=', link.sampleId).execute()
      await discardLeftOver(t.services)
      expect(await stateOf(id)).toBe('discarded')
      expect(await offsetOf(id)).toBeUndefined()
    }
  })

  test('of an open session stays, and so does what is being checked', async () => {
    const unfinished = await t.anUpload(await t.anOpenLink(), { sent: 500 })
    const checking = await t.anUpload(await t.anOpenLink())
    await receiveUpload(t.services, checking)
    await sweep(t.services)
    expect([await stateOf(unfinished), await stateOf(checking)]).toEqual(['receiving', 'checking'])
    expect([await offsetOf(unfinished), await offsetOf(checking)]).toEqual([500, 2_000])
  })

  test('of an upload that is over goes at once: its job was killed before it could', async () => {
    for (const state of ['discarded', 'rejected'] as const) {
      const id = await t.anUpload(await t.anOpenLink())
      await t.services.db.updateTable('upload').set({ state }).where('id', '=', id).execute()
      await sweepParts(t.services)
      expect(await offsetOf(id)).toBeUndefined()
    }
  })

  test('that cannot be looked at or removed holds up no other one', async () => {
    const [stuck, whole] = [await t.anUpload(await t.anOpenLink()), await t.anUpload(await t.anOpenLink())]
    const refuse = (id: string) => (id === stuck ? Promise.reject(new Error('access denied')) : undefined)
    const parts = overriding(t.services.parts, {
      offset: (id) => refuse(id) ?? t.services.parts.offset(id),
      remove: (id) => refuse(id) ?? t.services.parts.remove(id),
    })
    const services = { ...t.services, parts }
    await expect(settleUploads(services)).rejects.toThrow('access denied')
    expect([await stateOf(stuck), await stateOf(whole)]).toEqual(['receiving', 'checking'])
    const { db } = t.services
    const both = db.updateTable('upload').where('id', 'in', [stuck, whole])
    await both.set({ state: 'discarded' }).execute()
    await expect(sweepParts(services)).rejects.toThrow('access denied')
    expect(await offsetOf(whole)).toBeUndefined()
  })

  test('is looked at for a minute, where the store does not answer: the steps behind have their turn', async () => {
    await t.anUpload(await t.anOpenLink())
    await t.anUpload(await t.anOpenLink())
    const now = vi.spyOn(performance, 'now')
    const offset = vi.fn(async () => {
      now.mockReturnValue(Number.MAX_SAFE_INTEGER)
      throw new Error('no answer')
    })
    const services = { ...t.services, parts: overriding(t.services.parts, { offset }) }
    await expect(settleUploads(services)).rejects.toThrow('no answer')
    now.mockRestore()
    expect(offset).toHaveBeenCalledTimes(1)
  })

  test('is removed for a minute at most, and the next sweep goes on behind one that is slow to fail', async () => {
    const now = vi.spyOn(performance, 'now')
    const removed: string[] = []
    const parts = overriding(t.services.parts, {
      list: async function* () {
        for (const id of ['slow', 'second', 'last']) yield { id, modified: new Date(0) }
      },
      remove: async (id) => {
        removed.push(id)
        if (id !== 'slow') return
        now.mockReturnValue(Number.MAX_SAFE_INTEGER)
        throw new Error('no answer')
      },
    })
    const services = { ...t.services, parts }
    await expect(sweepParts(services)).rejects.toThrow('no answer')
    now.mockRestore()
    expect(removed).toEqual(['slow'])
    await sweepParts(services)
    expect(removed).toEqual(['slow', 'second', 'last'])
  })

  test('without any row is deleted once it is an hour old', async () => {
    const kept = await t.anUpload(await t.anOpenLink(), { sent: 500 })
    const [young, old] = [await t.anUpload(await t.anOpenLink()), await t.anUpload(await t.anOpenLink())]
    for (const id of [young, old]) await t.services.db.deleteFrom('upload').where('id', '=', id).execute()
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000)
    for (const id of [kept, old]) {
      for (const end of ['', '.json'])
        await utimes(path.join(t.directory, 'parts', id + end), hoursAgo, hoursAgo)
    }
    await sweepParts(t.services)
    expect([await offsetOf(kept), await offsetOf(young), await offsetOf(old)]).toEqual([
      500,
      2_000,
      undefined,
    ])
  })
})

describe('leaving the page', () => {
  test('deletes what was sent, tells the partner, and changes no status', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link, { sent: 500 })
    await leave(link)
    expect(await stateOf(id)).toBe('discarded')
    expect(await offsetOf(id)).toBeUndefined()
    expect(await t.eventsOf(link.sampleId)).toContainEqual({ kind: 'left', reason: 'user_canceled' })
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data'])
    expect(await stateOf(await t.anUpload(link))).toBe('receiving')
  })

  test('keeps a file whose last byte is in', async () => {
    const link = await t.anOpenLink()
    const id = await t.anUpload(link)
    await receiveUpload(t.services, id)
    await leave(link)
    expect([await stateOf(id), await offsetOf(id)]).toEqual(['checking', 2_000])
  })

  test('is no event of a session that is over', async () => {
    const link = await t.anOpenLink()
    await t.advance(900)
    await leave(link)
    expect((await t.eventsOf(link.sampleId)).map((event) => event.kind)).toEqual(['minted', 'opened'])
  })
})

describe('a check that was lost', () => {
  test('is queued again after ten minutes, and not before', async () => {
    const id = await t.anUpload(await t.anOpenLink())
    await receiveUpload(t.services, id)
    await requeueChecks(t.services)
    expect(await checksOf(id)).toHaveLength(1)
    await t.advance(601)
    await requeueChecks(t.services)
    await requeueChecks(t.services)
    expect(await checksOf(id)).toHaveLength(2)
  })
})

describe('the view of the page', () => {
  const FAILURE = 'https://clinic.example/failed?a=1'

  test('while minted, opened, sending and checking', async () => {
    const fields = {
      redirect_on_failure: FAILURE,
      redirect_on_success: 'https://clinic.example/done',
      locale: 'de',
    }
    const link = await t.aLink(fields, await t.aPartner({ supportUrl: 'https://clinic.example/help' }))
    expect(await view(link)).toMatchObject({
      proto: 1,
      sample_id: link.sampleId,
      state: 'minted',
      reason: null,
      locale: 'de',
      partner: { support_url: 'https://clinic.example/help', privacy_url: null },
      policy: 'strict',
      upload: null,
      redirect_to: null,
      leads_back: true,
    })
    const opened = await t.anOpenLink(fields)
    const id = await t.anUpload(opened, { sent: 500, sha256: 'cd'.repeat(32) })
    expect(await view(opened)).toMatchObject({
      state: 'opened',
      upload: { path: `/api/upload/files/${id}`, sha256: 'cd'.repeat(32), size: 2_000, offset: 500 },
    })
    const whole = await t.anUpload(opened)
    await receiveUpload(t.services, whole)
    const verifying = { state: 'verifying', upload: { size: 2_000, offset: 2_000 }, redirect_to: null }
    expect(await view(opened)).toMatchObject(verifying)
    // The last byte was in time, so the deadline does not end it.
    await t.advance(900)
    expect(await view(opened)).toMatchObject({ ...verifying, seconds_remaining: 0 })
    expect(await summariseSession(t.services, opened.sampleId)).toMatchObject({ state: 'opened' })
  })

  test('at each end is where to go, with the reason', async () => {
    const success = 'https://clinic.example/done?x=1#y'
    const fields = { redirect_on_failure: FAILURE, redirect_on_success: success }
    const [expired, unopened] = [await t.anOpenLink(fields), await t.aLink(fields)]
    await t.advance(900)
    const [canceled, received] = [await t.anOpenLink(fields), await t.anOpenLink(fields)]
    await cancelSession(t.services, canceled.sampleId)
    const { db } = t.services
    await db
      .updateTable('upload_session')
      .set({ state: 'received' })
      .where('sample_id', '=', received.sampleId)
      .execute()
    expect(await view(expired)).toMatchObject({
      state: 'expired',
      redirect_to: `${FAILURE}&reason=session_expired`,
    })
    expect(await view(unopened)).toMatchObject({
      state: 'expired',
      redirect_to: `${FAILURE}&reason=link_expired`,
    })
    expect(await view(canceled)).toMatchObject({
      state: 'canceled',
      redirect_to: `${FAILURE}&reason=link_canceled`,
    })
    expect(await view(received)).toMatchObject({ state: 'received', reason: null, redirect_to: success })
  })

  test('on leaving is the way back with that reason, and nowhere without one', async () => {
    const leaving = { leaving: 'file_not_ready' } as const
    const link = await t.anOpenLink({ redirect_on_failure: FAILURE })
    const shown = await viewSession(t.services, await t.readSession(link), leaving)
    expect(shown).toMatchObject({ state: 'opened', redirect_to: `${FAILURE}&reason=file_not_ready` })
    const plain = await viewSession(t.services, await t.readSession(await t.anOpenLink()), leaving)
    expect(plain).toMatchObject({ redirect_to: null, leads_back: false })
  })

  test('never changes anything', async () => {
    const link = await t.aLink()
    await t.anOpenLink()
    const before = await t.services.db.selectFrom('upload_session').selectAll().execute()
    for (let n = 0; n < 3; n++) await view(link)
    await t.advance(700)
    await view(link)
    expect(await t.services.db.selectFrom('upload_session').selectAll().execute()).toEqual(before)
  })
})
