import { describe, expect, test } from 'vitest'
import { sessionApi } from './session-api.ts'
import { viewOf } from './session-view-for-tests.ts'

function apiAnswering(answer: () => Response | Promise<never>) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push({ url: String(url), init })
    return answer()
  }
  return { api: sessionApi({ fetch, now: () => 7, token: 'the-link' }), asked }
}
const problem = (status: number, reason: string, headers = {}) =>
  Response.json({ proto: 1, reason, detail: '', request_id: 'r' }, { status, headers })

describe('a reply', () => {
  test.each([200, 410])('with status %i is a view when it is one of ours', async (status) => {
    const { api } = apiAnswering(() => Response.json(viewOf(), { status }))
    expect(await api.open()).toEqual({ kind: 'view', view: viewOf(), askedAt: 7 })
  })

  test.each([
    ['a login page', () => new Response('<html>Welcome to our hotel</html>')],
    ['somebody’s JSON', () => Response.json({ state: 'opened', partner: {} })],
    ['another protocol', () => Response.json({ ...viewOf(), proto: 2 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'http://login.example' } })],
  ])('that is %s is never taken for success', async (_, answer) => {
    const { api } = apiAnswering(answer)
    expect(await api.state()).toMatchObject({ kind: 'silent', problem: 'foreign_reply' })
  })

  test.each([
    [403, '<html>', 'foreign_reply', 'forbidden'],
    [200, '<html>', 'foreign_reply', 'foreign_page'],
    [502, '<html>', 'service', 'gateway_error'],
    [
      401,
      '{"proto":1,"reason":"link_invalid","detail":"no_token","request_id":"r"}',
      'token_removed',
      'authorization_removed',
    ],
  ])('%i %s is named by its cause, with the id of the request', async (status, body, problem, cause) => {
    const { api } = apiAnswering(() => new Response(body, { status, headers: { 'request-id': 'r' } }))
    expect(await api.state()).toMatchObject({ problem, trouble: { cause, requestId: 'r' } })
  })

  test('a missing reply does not throw', async () => {
    const { api } = apiAnswering(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(await api.open()).toMatchObject({ kind: 'silent', problem: 'no_reply' })
  })

  test('a refusal of the link is final, a request to wait is not', async () => {
    expect(await apiAnswering(() => problem(401, 'link_invalid')).api.open()).toEqual({
      kind: 'refused',
      reason: 'link_invalid',
    })
    expect(
      await apiAnswering(() => problem(429, 'service_unavailable', { 'retry-after': '7' })).api.open(),
    ).toEqual({ kind: 'silent', problem: 'busy', trouble: null, retryAfterSeconds: 7 })
    expect(await apiAnswering(() => problem(503, 'service_unavailable')).api.open()).toMatchObject({
      kind: 'silent',
      problem: 'service',
    })
  })
})

test('the link goes along as bearer and never in an address; no cookies, no cache, no referrer', async () => {
  const { api, asked } = apiAnswering(() => Response.json(viewOf()))
  await api.leave('file_not_ready')
  expect(asked[0]?.url).toBe('/api/upload/leave')
  expect(asked[0]?.init).toMatchObject({
    method: 'POST',
    headers: { authorization: 'Bearer the-link' },
    body: '{"reason":"file_not_ready"}',
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
})
