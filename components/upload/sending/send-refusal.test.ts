import { describe, expect, test } from 'vitest'
import { NO_TOKEN } from '#lib/sessions/embed-messages.ts'
import { sendTrouble } from './send-refusal.ts'

const answer = (status: number, reason: string | null, more = {}) => ({
  status,
  body: reason === null ? '<html>' : JSON.stringify({ proto: 1, reason, detail: '', request_id: 'r' }),
  retryAfter: undefined,
  speaksTus: false,
  requestId: undefined,
  ...more,
})

describe('trouble while sending', () => {
  test.each([
    [401, 'link_invalid'],
    [409, 'already_uploaded'],
    [410, 'session_expired'],
    [410, 'link_canceled'],
    [413, 'file_too_large'],
  ])('%i %s is a no', (status, reason) => {
    expect(sendTrouble(answer(status, reason))).toEqual({ kind: 'refused', reason })
  })

  test.each([
    [200, '<html>', 'foreign_page'],
    [200, ' <!doctype html>', 'foreign_page'],
    [204, '', 'headers_removed'],
    [301, '<html>', 'foreign_page'],
    [400, '<html>', 'forbidden'],
    [401, '', 'forbidden'],
    [403, '<html>', 'forbidden'],
    [404, '<html>', 'forbidden'],
    [405, '', 'method_blocked'],
    [407, '', 'forbidden'],
    [411, '', 'length_required'],
    [413, '<html>', 'body_too_large'],
    [431, '', 'headers_too_large'],
    [500, '<html>', 'gateway_error'],
    [501, '', 'method_blocked'],
    [502, '<html>', 'gateway_error'],
    [503, '', 'gateway_error'],
    [504, '', 'gateway_error'],
    [520, '<html>', 'gateway_error'],
    [527, '', 'gateway_error'],
  ])('%i %s from something in between is retried without end, and is %s', (status, body, trouble) => {
    expect(sendTrouble({ ...answer(status, null), body, requestId: 'gateway-1' })).toEqual({
      kind: 'retry',
      afterSeconds: null,
      ours: false,
      trouble,
      requestId: 'gateway-1',
    })
  })

  test('no response at all is retried, and is no_answer', () => {
    expect(sendTrouble(null)).toMatchObject({ kind: 'retry', ours: false, trouble: 'no_answer' })
  })

  test('a token that never reached the server is not a bad link', () => {
    const body = JSON.stringify({ proto: 1, reason: 'link_invalid', detail: NO_TOKEN, request_id: 'r' })
    expect(sendTrouble({ ...answer(401, null), body })).toMatchObject({
      kind: 'retry',
      ours: false,
      trouble: 'authorization_removed',
    })
  })

  test('a request that reached tus without its headers is not our error', () => {
    for (const status of [400, 403, 412, 415]) {
      expect(sendTrouble(answer(status, 'network_error', { speaksTus: true }))).toMatchObject({
        ours: false,
        trouble: 'headers_removed',
        requestId: 'r',
      })
    }
    expect(sendTrouble(answer(400, 'internal_error', { speaksTus: true }))).toMatchObject({
      ours: false,
      trouble: 'headers_removed',
    })
    for (const [status, body] of [
      [204, ''],
      [412, 'Tus-Resumable Required'],
    ] as const) {
      expect(sendTrouble(answer(status, null, { speaksTus: true, body }))).toMatchObject({
        ours: false,
        trouble: 'headers_removed',
      })
    }
  })

  test('a temporary error is retried, and neither counted nor named', () => {
    for (const status of [409, 423, 429]) {
      expect(sendTrouble(answer(status, 'network_error', { speaksTus: true }))).toMatchObject({
        kind: 'retry',
        ours: false,
        trouble: null,
      })
    }
  })

  test('an outage of our own is waited for; errors of our server are counted, so that retrying ends', () => {
    const trouble = 'service_error'
    expect(sendTrouble(answer(503, 'service_unavailable'))).toMatchObject({ ours: false, trouble })
    expect(sendTrouble(answer(500, 'internal_error'))).toMatchObject({ ours: true, trouble })
    expect(sendTrouble(answer(404, null, { speaksTus: true }))).toMatchObject({ kind: 'retry', ours: true })
  })

  test('a retry waits as long as the server asks, unless that would use up the window', () => {
    expect(sendTrouble(answer(429, 'service_unavailable', { retryAfter: '8' }))).toMatchObject({
      afterSeconds: 8,
    })
    expect(sendTrouble(answer(429, 'service_unavailable', { retryAfter: '900' }))).toEqual({
      kind: 'refused',
      reason: 'service_unavailable',
    })
  })
})
