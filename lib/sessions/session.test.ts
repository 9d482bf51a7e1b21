import { describe, expect, test } from 'vitest'
import { type Session, standingOf } from './session.ts'

const NOW = new Date('2026-05-01T12:00:00Z')
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds)

const minted: Session = {
  sampleId: '7e6c3f0e-6f43-4f6e-9f5f-3b1f7f1f2a10',
  projectId: '7e6c3f0e-6f43-4f6e-9f5f-3b1f7f1f2a11',
  jti: 'AAECAwQFBgcICQoLDA0ODw',
  state: 'minted',
  reason: null,
  locale: null,
  redirectOnSuccess: '',
  redirectOnFailure: '',
  created: NOW,
  linkExpiresAt: later(600_000),
  openedAt: null,
  deadline: null,
  tries: 0,
  lastRejection: null,
  now: NOW,
}
const opened: Session = { ...minted, state: 'opened', openedAt: NOW, deadline: later(900_000) }

describe('a window', () => {
  test('lasts until its last instant, and is over at the end itself', () => {
    for (const [session, end, reason] of [
      [minted, 600_000, 'link_expired'],
      [opened, 900_000, 'session_expired'],
    ] as const) {
      expect(standingOf({ ...session, now: later(end - 1) })).toEqual({
        state: session.state,
        reason: null,
        secondsRemaining: 0.001,
      })
      const over = { state: 'expired', reason, secondsRemaining: null }
      expect(standingOf({ ...session, now: later(end) })).toEqual(over)
      expect(standingOf({ ...session, now: later(end + 86_400_000) })).toEqual(over)
    }
  })

  test('of an opened session is the upload window, whatever the link says', () => {
    expect(standingOf({ ...opened, now: later(700_000) })).toMatchObject({
      state: 'opened',
      secondsRemaining: 200,
    })
  })

  test('does not end while a file whose last byte was in time is being checked', () => {
    const checking = { checking: true }
    expect(standingOf({ ...opened, now: later(950_000) }, checking)).toEqual({
      state: 'opened',
      reason: null,
      secondsRemaining: 0,
    })
    expect(standingOf({ ...opened, state: 'canceled', now: later(950_000) }, checking)).toMatchObject({
      state: 'canceled',
    })
  })
})

describe('an end that was written down', () => {
  test('stands, whatever the time is', () => {
    for (const now of [NOW, later(1e9)]) {
      expect(standingOf({ ...opened, state: 'received', now })).toEqual({
        state: 'received',
        reason: null,
        secondsRemaining: null,
      })
      expect(standingOf({ ...opened, state: 'canceled', now })).toEqual({
        state: 'canceled',
        reason: 'link_canceled',
        secondsRemaining: null,
      })
      expect(standingOf({ ...opened, state: 'expired', reason: 'session_expired', now })).toEqual({
        state: 'expired',
        reason: 'session_expired',
        secondsRemaining: null,
      })
    }
  })

  test('without a reason has the one its window implies', () => {
    expect(standingOf({ ...minted, state: 'expired' }).reason).toBe('link_expired')
    expect(standingOf({ ...opened, state: 'expired' }).reason).toBe('session_expired')
  })
})
