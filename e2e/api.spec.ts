import { randomUUID } from 'node:crypto'
import { expect, test } from './fixtures.ts'
import { smallExport } from './raw/raw-export.ts'
import { openedPage, rawPage, sendAllButLast, sendFile } from './raw/raw-page.ts'
import { partsOf, statusHistoryOf, timelineOf, untilStatus } from './raw/sample-state.ts'
import { type RawAnswer, sendRequest } from './raw/send-request.ts'
import { type Partner, partnerOf } from './service/partner.ts'
import type { Service } from './service/start-service.ts'

const FORM = '/api/v2/array-data-upload-form/'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** `2023-06-13T17:45:55.414956Z`. */
const WIRE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/

/** A POST with an API key, of any type and to any path. */
function post(
  service: Service,
  key: string | null,
  body: string,
  headers = {},
  path = FORM,
): Promise<RawAnswer> {
  return sendRequest(service.address, {
    method: 'POST',
    path,
    headers: {
      ...(key === null ? {} : { Authorization: `Api-Key ${key}` }),
      'Content-Type': 'application/json',
      ...headers,
    },
    body,
  })
}

const newKey = (service: Service, ...args: string[]) =>
  service.admin<{ id: string; key: string }>('create-api-key', ...args)

test.describe('minting', () => {
  const BOUNDARY = 'xxBOUNDARYxx'
  const fields = {
    expires_in: '90',
    metadata: '{"order":"7"}',
    redirect_on_success: 'https://partner.example/ok',
  }
  const BODIES = {
    JSON: ['application/json', JSON.stringify({ ...fields, expires_in: 90, metadata: { order: '7' } })],
    'a form': ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()],
    multipart: [
      `multipart/form-data; boundary=${BOUNDARY}`,
      `${Object.entries(fields)
        .map(
          ([name, value]) =>
            `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        )
        .join('')}--${BOUNDARY}--\r\n`,
    ],
  } as const

  for (const [name, [type, body]] of Object.entries(BODIES)) {
    for (const path of [FORM, FORM.slice(0, -1)]) {
      test(`takes ${name} at ${path}, without a redirect`, async ({ service, partner }) => {
        const answer = await post(service, partner.apiKey, body, { 'Content-Type': type }, path)
        expect(answer.status).toBe(201)
        const link = answer.json<Record<string, string>>()
        expect(Object.keys(link).sort()).toEqual(['expires_at', 'sample_id', 'url'])
        expect(link.sample_id).toMatch(UUID)
        expect(link.url!.startsWith(`${service.origin}/array-data-upload?token=`)).toBe(true)
        expect(link.expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

        const shown = await partner.call('GET', `${FORM}${link.sample_id}`)
        expect(await shown.json()).toMatchObject({ redirect_on_success: fields.redirect_on_success })
        const { seconds_remaining } = await rawPage(
          service,
          link as { sample_id: string; url: string },
        ).state()
        expect(seconds_remaining).toBeLessThanOrEqual(90)
        expect(seconds_remaining).toBeGreaterThan(60)
      })
    }
  }

  test('needs no field, and no body', async ({ service, partner }) => {
    for (const body of ['', '{}']) expect((await post(service, partner.apiKey, body)).status).toBe(201)
  })

  const LOW = 'Ensure this value is greater than or equal to 60.'
  const HIGH = 'Ensure this value is less than or equal to 3600.'
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })
  const BAD: [field: string, value: unknown, message?: string][] = [
    ['expires_in', 59, LOW],
    ['expires_in', 3_601, HIGH],
    ['expires_in', -1, LOW],
    ['expires_in', 60.5, 'A valid integer is required.'],
    ['expires_in', 'soon', 'A valid integer is required.'],
    ['expires_in', null, 'A valid integer is required.'],
    ['expires_in', true, 'A valid integer is required.'],
    ['metadata', 'text', 'Value must be a JSON object.'],
    ['metadata', [1], 'Value must be a JSON object.'],
    ['metadata', 7, 'Value must be a JSON object.'],
    ['metadata', nested(9)],
    ['metadata', { long: 'x'.repeat(16_384) }],
    ['metadata', { nul: 'a\0b' }],
    ['metadata', { 'k\0y': 1 }],
    ['metadata', { surrogate: '\ud800' }],
    ['project_id', 'demo', 'Must be a valid UUID.'],
    ['project_id', 7, 'Must be a valid UUID.'],
    [
      'project_id',
      '00000000-0000-4000-8000-000000000000',
      'Project does not exist or you do not have privileges to access it.',
    ],
    ['redirect_on_success', 7, 'Not a valid string.'],
    ['redirect_on_failure', null, 'Not a valid string.'],
    ['locale', 'not a language'],
  ]
  for (const [field, value, message] of BAD) {
    test(`refuses ${field} ${JSON.stringify(value).slice(0, 40)} and names the field alone`, async ({
      service,
      partner,
    }) => {
      const answer = await post(service, partner.apiKey, JSON.stringify({ [field]: value }))
      expect(answer.status).toBe(400)
      expect(answer.json()).toEqual({ [field]: [message ?? expect.any(String)] })
    })
  }

  test('names every bad field at once', async ({ service, partner }) => {
    const body = {
      project_id: randomUUID(),
      expires_in: 1,
      metadata: 'no',
      redirect_on_success: 'javascript:alert(1)',
      redirect_on_failure: 'ftp://partner.example/',
      locale: '??',
    }
    const answer = await post(service, partner.apiKey, JSON.stringify(body))
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.json<object>()).sort()).toEqual(Object.keys(body).sort())
  })

  const REDIRECTS = [
    'http://partner.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    '/relative',
    'https://user:pw@evil.example/',
    'https://partner.example@evil.example/',
    'https://203.0.113.9/',
    'https://[2001:db8::1]/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https:evil.example',
    'https:\\\\evil.example\\',
    'https://partner.example\\@evil.example/',
    ' https://partner.example/',
    'https://partner.example/\r\nLocation: https://evil.example/',
    'https://partner.example/%0d%0aSet-Cookie:a=b',
    'https://part\tner.example/',
    'https://evil.example/https://partner.example/',
    'https://partner.example.evil.example/',
    'https://evilpartner.example/',
    'https://partner.example:8443/',
    'https://PARTNER.example./',
    'https://partner。example/',
    'https://evil.example/#https://partner.example/',
    `https://partner.example/${'a'.repeat(2_048)}`,
  ]
  test('refuses every redirect that could lead elsewhere than to the project’s own origin', async ({
    service,
  }) => {
    const listed = await partnerOf(service, {
      rowsMin: 1_000,
      name: 'Listed origins',
      flags: ['--redirect-origin', 'https://partner.example'],
    })
    for (const field of ['redirect_on_success', 'redirect_on_failure']) {
      const taken: string[] = []
      for (const url of REDIRECTS) {
        const answer = await post(service, listed.apiKey, JSON.stringify({ [field]: url }))
        if (answer.status !== 400 || !answer.json<Record<string, string[]>>()[field]) taken.push(url)
      }
      expect(taken).toEqual([])
      const good = await post(
        service,
        listed.apiKey,
        JSON.stringify({ [field]: 'https://partner.example/a?b=c#d' }),
      )
      expect(good.status).toBe(201)
    }
  })
})

test.describe('permissions', () => {
  test('a key that is missing, malformed, unknown, revoked or expired is refused before anything is looked at', async ({
    service,
    partner,
  }) => {
    const revoked = await newKey(service, '--project', partner.projectId)
    await service.admin('revoke-api-key', revoked.id)
    const expired = await newKey(service, '--project', partner.projectId, '--expires', '2020-01-01')
    const wrongSecret = `${partner.apiKey.slice(0, 12)}${partner.apiKey[12] === 'a' ? 'b' : 'a'}${partner.apiKey.slice(13)}`
    const unknown = await Promise.all(
      [null, 'x', wrongSecret, revoked.key, expired.key, `${partner.apiKey}a`].map((key) =>
        post(service, key, '{"expires_in":1}'),
      ),
    )
    for (const answer of unknown) {
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Api-Key realm="api"')
      expect(answer.json()).toEqual({ detail: expect.any(String) })
    }
    expect(unknown[0]!.json()).toEqual({ detail: 'Authentication credentials were not provided.' })
  })

  test('a viewer looks and does not mint; an uploader mints and does not look', async ({
    service,
    partner,
  }) => {
    const viewer = await newKey(service, '--project', partner.projectId, '--role', 'viewer')
    const uploader = await newKey(service, '--project', partner.projectId, '--role', 'uploader')
    const { sample_id } = await partner.mint()
    const look = (key: string) =>
      sendRequest(service.address, {
        method: 'GET',
        path: `/api/v2/samples/${sample_id}`,
        headers: { Authorization: `Api-Key ${key}` },
      })
    const denied = { detail: 'You do not have permission to perform this action.' }

    expect((await look(viewer.key)).status).toBe(200)
    expect((await post(service, uploader.key, '{}')).status).toBe(201)
    for (const answer of [
      await look(uploader.key),
      await post(service, viewer.key, '{}'),
      await post(service, viewer.key, '', {}, `${FORM}${sample_id}/cancel`),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.json()).toEqual(denied)
    }
  })

  test("another project's sample answers like one that does not exist, to the byte", async ({
    service,
    partner,
  }) => {
    const stranger = await partnerOf(service, { rowsMin: 1_000, name: 'Strangers' })
    const { sample_id } = await partner.mint()
    const ways: [method: string, path: (id: string) => string][] = [
      ['GET', (id) => `/api/v2/samples/${id}`],
      ['GET', (id) => `/api/v2/sample-statuses/${id}`],
      ['GET', (id) => `${FORM}${id}`],
      ['POST', (id) => `${FORM}${id}/cancel`],
    ]
    for (const [method, path] of ways) {
      const answers = await Promise.all(
        [sample_id, randomUUID(), 'nonsense', '%00'].map((id) => stranger.call(method, path(id))),
      )
      const bodies = await Promise.all(answers.map((answer) => answer.text()))
      expect(
        answers.map(({ status }) => status),
        `${method} ${path('…')}`,
      ).toEqual([404, 404, 404, 404])
      expect(new Set(bodies)).toEqual(new Set(['{"detail":"Not found."}']))
    }
    expect((await stranger.call('POST', FORM, { project_id: partner.projectId })).status).toBe(400)
    expect((await partner.sample(sample_id)).last_status.status).toBe('consumer awaiting data')
  })
})

test.describe('a sample', () => {
  test('has the documented shape, before and after, with and without a slash', async ({
    service,
    partner,
  }) => {
    const page = await openedPage(service, partner, { metadata: { order: '7' } })
    for (const path of [`/api/v2/samples/${page.sampleId}`, `/api/v2/samples/${page.sampleId}/`]) {
      const response = await partner.call('GET', path)
      expect(response.status).toBe(200)
      const sample = (await response.json()) as Record<string, unknown>
      expect(sample).toMatchObject({
        id: page.sampleId,
        run: null,
        hidden: false,
        client_id: page.sampleId,
        physical_id: '',
        legacy_id: '',
        project: partner.projectId,
        files: [],
        created: expect.stringMatching(WIRE_TIME),
        modified: expect.stringMatching(WIRE_TIME),
        last_status: {
          id: expect.stringMatching(UUID),
          status: 'consumer awaiting data',
          note: '',
          created: expect.stringMatching(WIRE_TIME),
        },
        archive_last_status: {
          status: 'available',
          created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/),
        },
        upload_session: { state: 'opened', vendor: null, last_rejection: null },
      })
    }
    await sendFile(page, await smallExport(1))
    await untilStatus(partner, page.sampleId, 'succeeded')
    const sample = await (await partner.call('GET', `/api/v2/samples/${page.sampleId}`)).json()
    expect(sample).toMatchObject({
      run: expect.stringMatching(UUID),
      failed_qc: null,
      upload_session: { state: 'received', vendor: '23andme' },
    })
  })

  test('tells its history newest first, page by page', async ({ service, partner }) => {
    const page = await openedPage(service, partner)
    await sendFile(page, await smallExport(2))
    await untilStatus(partner, page.sampleId, 'succeeded')
    const first = await partner.call('GET', `/api/v2/sample-statuses/${page.sampleId}/?limit=3`)
    const { meta, results } = (await first.json()) as {
      meta: { count: number; next: string; previous: null }
      results: { status: string; created: string }[]
    }
    expect(meta.count).toBe(4)
    expect(meta.previous).toBeNull()
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'running', 'scheduled'])
    const next = new URL(meta.next)
    expect(next.searchParams.get('offset')).toBe('3')
    const rest = (await (await partner.call('GET', `${next.pathname}${next.search}`)).json()) as {
      meta: { next: null }
      results: { status: string }[]
    }
    expect(rest.meta.next).toBeNull()
    expect(rest.results.map(({ status }) => status)).toEqual(['consumer awaiting data'])
  })

  test('can be canceled until it has its file; its link then leads back with the reason', async ({
    service,
    partner,
  }) => {
    const file = await smallExport(3)
    const page = await openedPage(service, partner, { redirect_on_failure: 'https://partner.example/no' })
    const path = await sendAllButLast(page, file)
    const cancel = () => partner.call('POST', `${FORM}${page.sampleId}/cancel`)
    for (const answer of [await cancel(), await cancel()]) {
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({ sample_id: page.sampleId, state: 'canceled' })
    }
    const last = await page.patch(path, file.bytes.length - 1, file.bytes.subarray(-1))
    expect(last.status).toBe(410)
    expect(last.json()).toMatchObject({ reason: 'link_canceled' })
    const opened = await page.open()
    expect(opened.status).toBe(410)
    expect(opened.json()).toMatchObject({
      state: 'canceled',
      reason: 'link_canceled',
      redirect_to: 'https://partner.example/no?reason=link_canceled',
    })
    expect(await statusHistoryOf(partner, page.sampleId)).toEqual(['consumer awaiting data', 'canceled'])
    expect((await timelineOf(partner, page.sampleId)).map(({ kind }) => kind)).toEqual([
      'minted',
      'opened',
      'canceled',
    ])
    expect(await partsOf(service, page.sampleId)).toEqual([])

    const done = await openedPage(service, partner)
    await sendFile(done, file)
    await untilStatus(partner, done.sampleId, 'succeeded')
    expect((await partner.call('POST', `${FORM}${done.sampleId}/cancel`)).status).toBe(409)
  })
})

test.describe('Idempotency-Key', () => {
  const mintWith = (partner: Partner, key: string, body: object = {}) =>
    partner.call('POST', FORM, body, { 'Idempotency-Key': key })

  test('the same request again gets the same sample and link; another body is refused', async ({
    partner,
  }) => {
    const key = randomUUID()
    const [first, again] = [
      await mintWith(partner, key, { expires_in: 90 }),
      await mintWith(partner, key, { expires_in: 90 }),
    ]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(await again.json()).toEqual(await first.json())
    const other = await mintWith(partner, key, { expires_in: 91 })
    expect(other.status).toBe(422)
    expect(await other.json()).toEqual({ detail: expect.any(String) })
  })

  test('twenty at once make one sample; each is answered or asked to retry', async ({ partner }) => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => mintWith(partner, key)))
    const minted = answers.filter(({ status }) => status === 201)
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.status).toBe(409)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    const ids = await Promise.all(
      minted.map(async (answer) => ((await answer.json()) as { sample_id: string }).sample_id),
    )
    const { sample_id } = (await (await mintWith(partner, key)).json()) as { sample_id: string }
    expect(new Set(ids)).toEqual(new Set([sample_id]))
  })

  test("a refused request leaves no trace; another partner's key is another key", async ({
    service,
    partner,
  }) => {
    const key = randomUUID()
    expect((await mintWith(partner, key, { expires_in: 1 })).status).toBe(400)
    const mine = (await (await mintWith(partner, key)).json()) as { sample_id: string }
    const other = await newKey(service, '--project', partner.projectId)
    const theirs = (await post(service, other.key, '{}', { 'Idempotency-Key': key })).json<{
      sample_id: string
    }>()
    expect(theirs.sample_id).not.toBe(mine.sample_id)
    expect((await mintWith(partner, 'a b')).status).toBe(400)
  })
})

test.describe('every answer', () => {
  const sample = '00000000-0000-4000-8000-000000000000'
  const REFUSALS: [method: string, path: string, status: number, body?: string, type?: string][] = [
    ['GET', '/api/v2/nothing-here', 404],
    ['POST', '/api/v2/nothing/here/', 404, '{}'],
    ['GET', '/api/v2', 404],
    ['GET', FORM, 405],
    ['PUT', FORM, 405, '{}'],
    ['DELETE', FORM, 405],
    ['PATCH', `/api/v2/samples/${sample}`, 405, '{}'],
    ['POST', `/api/v2/sample-statuses/${sample}`, 405, '{}'],
    ['POST', FORM, 400, '{'],
    ['POST', FORM, 400, '[]'],
    ['POST', FORM, 400, '"text"'],
    ['POST', FORM, 400, '{"expires_in": 1e999}'],
    ['POST', FORM, 415, '<a/>', 'application/xml'],
    ['POST', FORM, 413, JSON.stringify({ metadata: { long: 'x'.repeat(200_000) } })],
    ['GET', '/api/upload/nothing', 404],
    ['GET', '/api', 404],
    ['GET', '/api/', 404],
    ['GET', '/api/upload/open', 405],
    ['POST', '/api/upload/state', 405, '{}'],
  ]
  for (const [method, path, status, body, type = 'application/json'] of REFUSALS) {
    const what = `${method} ${path.replace(sample, '{id}')} ${(body ?? '').slice(0, 24)}`
    test(`refuses in JSON, with a request id, and is not cached: ${what}`, async ({ service, partner }) => {
      const answer = await sendRequest(service.address, {
        method,
        path,
        headers: { Authorization: `Api-Key ${partner.apiKey}`, 'Content-Type': type },
        ...(body === undefined ? {} : { body }),
      })
      expect(answer.status).toBe(status)
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      expect(typeof answer.json()).toBe('object')
      expect(answer.headers['request-id']).toMatch(UUID)
      expect(answer.headers['cache-control']).toContain('no-store')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers.location).toBeUndefined()
    })
  }

  test('a request id is ours, whatever the caller sends', async ({ service }) => {
    for (const path of [
      '/api/v2/nothing',
      '/api/upload/state',
      '/api/upload/files/x',
      '/array-data-upload',
      '/',
    ]) {
      const answer = await sendRequest(service.address, {
        method: 'GET',
        path,
        headers: { 'Request-Id': 'mine', 'X-Remote-Is-Loopback': 'no' },
      })
      expect(answer.headers['request-id'], path).toMatch(UUID)
    }
  })
})
