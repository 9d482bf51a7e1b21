import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#lib/access/role.ts'
import { createUser } from '#lib/people/create-user.ts'
import { issueTokens } from '#lib/people/issue-tokens.ts'
import { provideServices } from '#lib/services.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { OPERATIONS } from './openapi/operations.ts'
import { partnerApi } from './route.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
  provideServices(t.services)
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

let done = 0
const route = partnerApi({
  GET: { right: null, run: async () => Response.json({}) },
  POST: { right: null, run: async () => Response.json({ n: ++done }, { status: 201 }) },
  DELETE: { right: null, run: async () => new Response(null, { status: 204 }) },
})
const secretive = partnerApi({
  POST: {
    right: null,
    idempotency: 'never',
    run: async () => Response.json({ secret: `s-${++done}` }, { status: 201 }),
  },
})

interface Call {
  method?: 'GET' | 'POST' | 'DELETE'
  at?: string
  key: string
  headers?: Record<string, string>
  body?: string
}

function call({ method = 'GET', at = '/api/v2/thing/', key, headers = {}, body }: Call, answering = route) {
  const request = new Request(`http://localhost${at}`, {
    method,
    headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  // As Next calls a path without names in it.
  return answering[method](request, { params: Promise.resolve(undefined) })
}

describe('requests of one key', () => {
  test('are 600 a minute, by whatever method; the next one waits, and no other key does', async () => {
    const [{ id, key }, other] = [await t.aKey(), await t.aKey()]
    // As many requests before would have.
    for (let n = 0; n < 590; n++) t.services.limiter.take(`caller ${id}`, 600, 60)
    for (let n = 0; n < 10; n++) expect((await call({ key })).status).toBe(200)
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const refused = await call({ method, key, ...(method === 'POST' ? { body: '{}' } : {}) })
      expect(refused.status).toBe(429)
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(60)
      expect(refused.headers.get('link')).toBe('</docs/errors/throttled>; rel="help"')
      expect(await refused.json()).toEqual({
        detail: `Request was throttled. Expected available in ${seconds} seconds.`,
      })
    }
    expect((await call({ key: other.key })).status).toBe(200)
  })

  test('are as many as the key says, if it says so', async () => {
    const { key } = await t.aKey({ requestsPerMinute: 3 })
    const answers: number[] = []
    for (let n = 0; n < 5; n++) answers.push((await call({ key })).status)
    expect(answers).toEqual([200, 200, 200, 429, 429])
  })

  test('count for the key it was made with, too: more keys give no more requests', async () => {
    const maker = await t.aKey({ requestsPerMinute: 3 })
    const [one, other] = [await t.aKey({ createdBy: maker.id }), await t.aKey({ createdBy: maker.id })]
    const answers: number[] = []
    for (const { key } of [one, other, one, other, maker]) answers.push((await call({ key })).status)
    expect(answers).toEqual([200, 200, 200, 429, 429])
  })

  test('do not count when the key is wrong: nobody uses up the limit of somebody else', async () => {
    const { key } = await t.aKey({ requestsPerMinute: 1 })
    const wrong = `${key.slice(0, 9)}${(await t.aKey()).key.slice(9)}`
    for (let n = 0; n < 3; n++) expect((await call({ key: wrong })).status).toBe(401)
    expect((await call({ key })).status).toBe(200)
  })
})

describe('a POST with an Idempotency-Key', () => {
  const post = (key: string, name: string, more: Partial<Call> = {}, answering = route) =>
    call(
      {
        method: 'POST',
        key,
        body: '{"a":1}',
        ...more,
        headers: { 'Idempotency-Key': name, ...more.headers },
      },
      answering,
    )

  test('is answered as the first was, status and all, with and without a slash', async () => {
    const { key } = await t.aKey()
    const first = await post(key, 'k')
    const again = await post(key, 'k', { at: '/api/v2/thing' })
    expect([again.status, await again.json()]).toEqual([201, await first.json()])
    expect(again.headers.get('content-type')).toMatch(/^application\/json/)
    expect(again.headers.get('request-id')).not.toBe(first.headers.get('request-id'))
  })

  test('is 422 with another body or another path, and a query is refused', async () => {
    const { key } = await t.aKey()
    await post(key, 'k')
    for (const more of [{ body: '{"a":2}' }, { at: '/api/v2/other/' }]) {
      const refused = await post(key, 'k', more)
      expect(refused.status).toBe(422)
      expect(await refused.json()).toEqual({ detail: expect.any(String) })
    }
    const asked = await post(key, 'k', { at: '/api/v2/thing/?b=1' })
    expect([asked.status, await asked.json()]).toEqual([400, { b: ['There is no such parameter here.'] }])
  })

  test('is done again by another key, or without one', async () => {
    const [{ key }, other] = [await t.aKey(), await t.aKey()]
    const answers = [await post(key, 'k'), await post(other.key, 'k')]
    answers.push(await call({ method: 'POST', key, body: '{}' }))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(3)
  })

  test('is kept nowhere when its answer holds a secret', async () => {
    const { key } = await t.aKey()
    const [one, two] = [await post(key, 'secret', {}, secretive), await post(key, 'secret', {}, secretive)]
    expect(await one.text()).not.toBe(await two.text())
    const kept = t.services.db.selectFrom('idempotency').selectAll().where('key', '=', 'secret')
    expect(await kept.execute()).toEqual([])
  })

  test('is repeated only to callers whose rights still allow it: a demoted person, and their key, get 403', async () => {
    const writing = partnerApi({
      POST: { right: 'project_write', run: async () => Response.json({ n: ++done }, { status: 201 }) },
    })
    const { db } = t.services
    const projectId = (await t.aPartner()).project.id
    const user = { email: `${crypto.randomUUID()}@example.org`, password: 'a good long sentence', name: '' }
    const person = await createUser(t.services, { ...user, role: null })
    const manage = (role: Role) =>
      db
        .insertInto('user_project_role')
        .values({ user_id: person.id, project_id: projectId, role })
        .onConflict((there) => there.columns(['user_id', 'project_id']).doUpdateSet({ role }))
        .execute()
    await manage('manager')
    const { access: token } = await issueTokens(t.services, user, { address: '127.0.0.1', requestId: 'r' })
    const asPerson = { headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': 'demoted' } }
    const { key } = await t.aKey({ role: 'manager', userId: person.id })
    const ask = async () => [
      (await post('', 'demoted', asPerson, writing)).status,
      (await post(key, 'demoted', {}, writing)).status,
    ]
    const before = done
    expect([await ask(), await ask()]).toEqual([
      [201, 201],
      [201, 201],
    ])
    await manage('viewer')
    expect(await ask()).toEqual([403, 403])
    expect(done).toBe(before + 2)
  })

  test('does not matter to other methods', async () => {
    const { key } = await t.aKey()
    const headers = { 'Idempotency-Key': 'é, which is none' }
    expect((await call({ key, headers })).status).toBe(200)
    expect((await call({ method: 'DELETE', key, headers })).status).toBe(204)
  })
})

test('A person is counted and answered like a key', async () => {
  const person = { email: 'ada@clinic.example', password: 'a password of some length' }
  await createUser(t.services, { ...person, role: 'analyst' })
  const { access } = await issueTokens(t.services, person, {
    address: '198.51.100.7',
    requestId: 'request-1',
  })
  const headers = { Authorization: `Bearer ${access}`, 'Idempotency-Key': 'mine' }
  const first = await call({ method: 'POST', key: '', body: '{}', headers })
  const again = await call({ method: 'POST', key: '', body: '{}', headers })
  expect(await again.json()).toEqual(await first.json())
})

test('A bad token is refused as the reference does it', async () => {
  const refused = await call({ key: '', headers: { Authorization: 'Bearer x.y.z' } })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  expect(await refused.json()).toEqual({
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
  })
})

test('Every route answers every method, and what has a query reads all of it', () => {
  const root = path.resolve(import.meta.dirname, '../app/api')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts' && !file.startsWith('[[...path]]'))
    .map((file) => [file.replaceAll(path.sep, '/'), readFileSync(path.join(root, file), 'utf8')] as const)
  expect(files.length).toBeGreaterThan(60)
  for (const [file, text] of files) {
    expect(text, file).toContain('export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = ')
    expect(text, file).not.toContain('searchParams')
    if (/present(?:Page|PageOf|Listed)\(/.test(text))
      expect(text, file).toMatch(/read(List|Placed)Query\(request/)
  }
  const textOf = (at: string) => {
    const form = new RegExp(
      `^${at
        .replace('/api/', '')
        .replace(/\/$/, '')
        .replace(/\{\w+\}(\.sha256)?/g, '\\[\\w+\\]')}/route.ts$`,
    )
    return files.find(([file]) => form.test(file))![1]
  }
  for (const { path: at, query } of OPERATIONS) {
    if (query) expect(textOf(at), at).toMatch(/read(List|Placed)Query\(|readQuery\(/)
  }
})

test('No route whose answer holds a secret keeps it', () => {
  const root = path.resolve(import.meta.dirname, '../app/api/v2')
  const secretRoutes = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(secret|user-api-keys)\b[^/]*(\/\[\w+\])?\/route\.ts$/.test(file.replaceAll(path.sep, '/')),
  )
  expect(secretRoutes).toContain(path.join('user-api-keys', 'route.ts'))
  for (const file of secretRoutes) {
    const text = readFileSync(path.join(root, file), 'utf8')
    if (/\bPOST:/.test(text)) expect(text, file).toContain("idempotency: 'never'")
  }
})
