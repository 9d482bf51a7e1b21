import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestLink, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { demandOpen } from './demand-open.ts'
import { expireSessions } from './expire-sessions.ts'
import { openSession } from './open-session.ts'
import { receiveSession } from './record-verdict.ts'
import { standingOf } from './session.ts'

/** Borders of one instant, which only a clock that stands still can show. */
let t: TestServices
let clock: Awaited<ReturnType<TestServices['stopClock']>>
let link: TestLink
const START = new Date('2030-01-01T10:00:00.250Z')
const at = (milliseconds: number) => new Date(START.getTime() + milliseconds)
/** Link windows end on a whole second, as the token's `exp` does. */
const LINK_END = 600_000 - 250
const DEADLINE = LINK_END - 1 + 900_000

beforeAll(async () => {
  t = await testServices()
  clock = await t.stopClock()
})
afterAll(() => t.stop())
beforeEach(async () => {
  await clock.setTime(START)
  link = await t.aLink()
})

const open = async () => openSession(t.services, await t.readSession(link))
const isOpen = () => t.services.db.transaction().execute((tx) => demandOpen(tx, link.sampleId))

describe('the link window', () => {
  test('still opens in its last instant, for a whole upload window', async () => {
    await clock.setTime(at(LINK_END - 1))
    const session = await open()
    expect(session).toMatchObject({
      state: 'opened',
      openedAt: at(LINK_END - 1),
      deadline: at(DEADLINE),
    })
    expect(await t.eventsOf(link.sampleId)).toEqual([
      { kind: 'minted', reason: null },
      { kind: 'opened', reason: null },
    ])
  })

  test('opens no more when it ends, and nothing is written by trying', async () => {
    await clock.setTime(at(LINK_END))
    const session = await open()
    expect(session).toMatchObject({ state: 'minted', openedAt: null, deadline: null })
    expect(standingOf(session)).toMatchObject({ state: 'expired', reason: 'link_expired' })
    expect(await t.eventsOf(link.sampleId)).toHaveLength(1)
    await expect(isOpen()).rejects.toMatchObject({ code: 'gone', reason: 'link_expired' })
  })

  test('takes no bytes before the session was opened', async () => {
    await expect(isOpen()).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('the upload window', () => {
  beforeEach(async () => {
    await clock.setTime(at(LINK_END - 1))
    await open()
  })

  test('is set once: opening again, at once or after exp, keeps the deadline', async () => {
    for (const time of [LINK_END, LINK_END + 300_000, DEADLINE - 1]) {
      await clock.setTime(at(time))
      const again = await open()
      expect(again).toMatchObject({ state: 'opened', deadline: at(DEADLINE) })
      expect(standingOf(again)).toMatchObject({
        state: 'opened',
        secondsRemaining: (DEADLINE - time) / 1_000,
      })
    }
    expect(await t.eventsOf(link.sampleId)).toHaveLength(2)
  })

  test('takes bytes until its last instant, and none at the deadline', async () => {
    await clock.setTime(at(DEADLINE - 1))
    await expect(isOpen()).resolves.toMatchObject({ state: 'opened' })
    await clock.setTime(at(DEADLINE))
    await expect(isOpen()).rejects.toMatchObject({ code: 'gone', reason: 'session_expired' })
  })

  test('is left alone by the sweeper until the deadline, and ended by it then', async () => {
    await clock.setTime(at(DEADLINE - 1))
    expect(await expireSessions(t.services)).not.toContain(link.sampleId)
    await clock.setTime(at(DEADLINE))
    expect(await expireSessions(t.services)).toContain(link.sampleId)
    const expired = await t.readSession(link)
    expect(expired).toMatchObject({ state: 'expired', reason: 'session_expired' })
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'consumer session expired'])
    expect(await t.eventsOf(link.sampleId)).toContainEqual({ kind: 'expired', reason: 'session_expired' })
  })

  test('may be over when a file that was in time is accepted', async () => {
    await clock.setTime(at(DEADLINE + 5_000))
    const received = await t.services.db.transaction().execute((tx) => receiveSession(tx, link.sampleId))
    expect(received).toBe(true)
    expect(await t.statusesOf(link.sampleId)).toEqual(['consumer awaiting data', 'scheduled'])
    await expect(isOpen()).rejects.toMatchObject({ code: 'conflict', reason: 'already_uploaded' })
  })
})
