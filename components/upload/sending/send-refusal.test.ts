import { describe, expect, test } from 'vitest'
import { sendTrouble } from './send-refusal.ts'

const answer = (status: number, reason: string | null, more = {}) => ({
  status,
  body: reason === null ? '<html>' : JSON.stringify({ proto: 1, reason, detail: '', request_id: 'r' }),
  retryAfter: undefined,
  speaksTus: false,
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

  test('a response from something in between is retried without end, whatever its status', () => {
    for (const status of [200, 301, 400, 401, 403, 404, 410, 413, 500, 502]) {
      expect(sendTrouble(answer(status, null))).toMatchObject({ kind: 'retry', ours: false })
    }
    expect(sendTrouble(null)).toMatchObject({ kind: 'retry', ours: false })
  })

  test('a temporary error is retried and not counted', () => {
    for (const status of [409, 423, 429, 503]) {
      expect(sendTrouble(answer(status, 'network_error', { speaksTus: true }))).toMatchObject({
        kind: 'retry',
        ours: false,
      })
    }
  })

  test('errors of our own server are counted, so that retrying ends', () => {
    expect(sendTrouble(answer(500, 'internal_error'))).toMatchObject({ kind: 'retry', ours: true })
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
