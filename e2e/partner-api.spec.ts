import { randomUUID } from 'node:crypto'
import { expect, test } from './fixtures.ts'
import { type RawAnswer, sendRequest } from './raw/send-request.ts'
import { loadContract } from './service/contract.ts'
import type { Service } from './service/start-service.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** `2023-06-13T17:45:55.414956Z`. */
const WIRE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const PROJECT = {
  id: expect.stringMatching(UUID),
  name: expect.any(String),
  description: expect.any(String),
  created: expect.stringMatching(WIRE_TIME),
  modified: expect.stringMatching(WIRE_TIME),
  hidden: false,
  organization: expect.stringMatching(UUID),
  organization_name: expect.any(String),
  sample_count: expect.any(Number),
  hidden_sample_count: 0,
  pipeline_capabilities: expect.stringMatching(UUID),
  project_modifications: [],
  roles: { organization: { id: expect.stringMatching(UUID), name: expect.any(String) } },
  webhook_url: '',
  is_shared: false,
  locked: false,
  default_for_array_data: expect.any(Boolean),
  test: expect.any(Boolean),
  settings: expect.any(Object),
}
const API_KEY = {
  id: expect.stringMatching(UUID),
  name: expect.any(String),
  prefix: expect.stringMatching(/^\w{8}$/),
  revoked: false,
  expiry_date: null,
  has_expired: false,
  ip_range: null,
  role: expect.any(String),
  project_id: null,
  requests_per_minute: null,
  created: expect.stringMatching(WIRE_TIME),
  last_used_at: null,
}

interface Page {
  meta: { count: number; next: string | null; previous: string | null }
  results: Record<string, unknown>[]
}

type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<RawAnswer>

function callAs(service: Service, authorization: string | null): Call {
  return async (method, path, body, headers = {}) => {
    const answer = await sendRequest(service.address, {
      method,
      path: `/api/v2/${path}`,
      headers: {
        'Content-Type': 'application/json',
        ...(authorization === null ? {} : { Authorization: authorization }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const contract = await loadContract(service)
    contract.demand(method, `/api/v2/${path}`, answer)
    return answer
  }
}

async function withKey(service: Service, ...args: string[]): Promise<Call> {
  const { key } = await service.admin<{ key: string }>('create-api-key', ...args)
  return callAs(service, `Api-Key ${key}`)
}

const newProject = async (call: Call, fields: Record<string, unknown>) => {
  const answer = await call('POST', 'projects/', fields)
  expect(answer.status, answer.body).toBe(201)
  return answer.json<{ id: string; settings: Record<string, unknown> } & Record<string, unknown>>()
}

test.describe('projects', () => {
  test('are made, shown, listed and changed as documented', async ({ service }) => {
    const call = await withKey(service, '--role', 'manager')
    const name = `Clinic ${randomUUID()}`
    const made = await newProject(call, { name, description: 'Of the north' })
    expect(made).toEqual({ ...PROJECT, name, description: 'Of the north', sample_count: 0 })
    expect(made.roles).toMatchObject({ organization: { name: 'manager' } })

    await call('POST', 'array-data-upload-form/', { project_id: made.id })
    const shown = (await call('GET', `projects/${made.id}`)).json<Record<string, unknown>>()
    expect(shown).toEqual({ ...made, sample_count: 1, files: [] })

    // Exactly what Gencove's command line asks for.
    const list = (await call('GET', 'projects/?hidden_status=visible&limit=200&offset=0')).json<Page>()
    expect(list.results[0]).toEqual({ ...made, sample_count: 1 })
    expect(list.meta).toEqual({ count: list.results.length, next: null, previous: null })
    for (const project of list.results) expect(project).toEqual(PROJECT)

    const changed = await call('PATCH', `projects/${made.id}`, { name: `${name}!` })
    expect(changed.status).toBe(200)
    expect(changed.json()).toEqual({
      ...made,
      name: `${name}!`,
      sample_count: 1,
      modified: expect.stringMatching(WIRE_TIME),
    })
  })

  test('change one setting at a time, and what is set holds for the next session', async ({ service }) => {
    const call = await withKey(service, '--role', 'manager')
    const { id, settings } = await newProject(call, { name: 'Settings', settings: { rows_min: 1_000 } })
    expect(settings).toMatchObject({ rows_min: 1_000, policy: 'strict', redirect_origins: [] })
    const origins = { redirect_origins: ['https://clinic.example'] }
    const changed = await call('PATCH', `projects/${id}`, { settings: origins })
    expect(changed.json()).toMatchObject({ settings: { ...settings, ...origins } })

    const mint = (redirect_on_success: string) =>
      call('POST', 'array-data-upload-form/', { project_id: id, redirect_on_success })
    expect((await mint('https://clinic.example/done')).status).toBe(201)
    expect((await mint('https://other.example/done')).status).toBe(400)
  })

  test('are not made from what is none, and every field is named', async ({ service }) => {
    const call = await withKey(service, '--role', 'owner')
    const bad = [
      [{}, { name: ['This field is required.'] }],
      [{ name: '' }, { name: ['This field may not be blank.'] }],
      [{ name: 'x'.repeat(255) }, { name: ['Ensure this field has no more than 254 characters.'] }],
      [
        { name: 'x', pipeline_capabilities: '00000000-0000-4000-8000-000000000000' },
        { pipeline_capabilities: ['Invalid pk - object does not exist.'] },
      ],
      [{ name: 'x', settings: { rows_min: 0 } }, { settings: [expect.stringMatching(/^rows_min: /)] }],
      [{ name: 'x', settings: { rowsMin: 5 } }, { settings: [expect.stringContaining('rowsMin')] }],
      [{ name: 'x', settings: [] }, { settings: [expect.any(String)] }],
    ]
    for (const [fields, messages] of bad) {
      const refused = await call('POST', 'projects/', fields)
      expect(refused.status, refused.body).toBe(400)
      expect(refused.json()).toEqual(messages)
    }
  })

  test('come by the page, sorted and searched; nothing of another project is seen', async ({ service }) => {
    const call = await withKey(service, '--role', 'manager')
    const mark = randomUUID()
    const ids: string[] = []
    for (const letter of ['b', 'a', 'c']) {
      ids.push((await newProject(call, { name: `${letter} ${mark}` })).id)
    }
    const found = async (query: string) =>
      (await call('GET', `projects/?search=${mark}&${query}`)).json<Page>()
    const first = await found('limit=2&sort_by=name&sort_order=asc')
    expect(first.results.map(({ id }) => id)).toEqual([ids[1], ids[0]])
    expect(first.meta).toEqual({ count: 3, next: expect.any(String), previous: null })
    const next = new URL(first.meta.next!)
    expect(next.origin).toBe(service.origin)
    const second = (await call('GET', `projects/${next.search}`)).json<Page>()
    expect(second.results.map(({ id }) => id)).toEqual([ids[2]])
    expect(second.meta).toEqual({ count: 3, next: null, previous: expect.stringContaining('offset=0') })
    const refused = await call('GET', 'projects/?sort_by=SortBy.NAME&sort_order=x&limit=-1')
    expect([refused.status, refused.json()]).toEqual([
      400,
      { sort_by: ['"SortBy.NAME" is not a valid choice.'], sort_order: ['"x" is not a valid choice.'] },
    ])
    expect((await found('hidden_status=hidden')).meta.count).toBe(0)

    const bound = await withKey(service, '--role', 'owner', '--project', ids[0]!)
    const own = (await bound('GET', 'projects/')).json<Page>()
    expect(own.results.map(({ id }) => id)).toEqual([ids[0]])
    expect((await bound('PATCH', `projects/${ids[1]}`, { name: 'mine' })).status).toBe(404)
  })
})

test('a capability is found for every project, as the command line needs it', async ({ service }) => {
  const call = await withKey(service, '--role', 'manager')
  const all = (await call('GET', 'pipeline-capabilities/')).json<Page>()
  expect(all.meta.count).toBe(2)
  for (const capability of all.results) {
    expect(capability).toEqual({
      id: expect.stringMatching(UUID),
      name: expect.any(String),
      key: expect.any(String),
      private: false,
      merge_vcfs_enabled: false,
      supported_project_modifications: [],
      modifications_enabled: false,
      species: 'human',
      pipeline_category: 'Human Genomics',
      description_markdown: expect.any(String),
      datasets: null,
      steps: null,
    })
    expect((await call('GET', `pipeline-capabilities/${capability.id}`)).json()).toEqual(capability)
  }
  const { pipeline_capabilities: id } = await newProject(call, { name: 'Capable' })
  const search = encodeURIComponent(`${id},${randomUUID()}`)
  const found = (await call('GET', `pipeline-capabilities/?search=${search}&offset=0&limit=200`)).json<Page>()
  expect(found.results.map((capability) => capability.id)).toEqual([id])
})

test.describe('API keys', () => {
  test('are made, listed, used and revoked as documented', async ({ service }) => {
    const call = await withKey(service, '--role', 'manager')
    const answer = await call('POST', 'user-api-keys/', { name: 'Backend', role: 'viewer' })
    expect(answer.status).toBe(201)
    const made = answer.json<{ id: string; key: string }>()
    const { revoked, has_expired, last_used_at, ...shown } = API_KEY
    expect(made).toEqual({ ...shown, name: 'Backend', role: 'viewer', key: expect.any(String) })

    const listed = async () =>
      (await call('GET', 'user-api-keys/?limit=200')).json<Page>().results.find(({ id }) => id === made.id)
    expect(await listed()).toEqual({ ...API_KEY, name: 'Backend', role: 'viewer' })
    const theirs = callAs(service, `Api-Key ${made.key}`)
    expect((await theirs('GET', 'projects/')).status).toBe(200)
    expect(await listed()).toMatchObject({ last_used_at: expect.stringMatching(WIRE_TIME) })

    const revoking = await call('PATCH', `user-api-keys/${made.id}`, { revoked: true })
    expect(revoking.json()).toMatchObject({ id: made.id, revoked: true })
    expect((await theirs('GET', 'projects/')).status).toBe(401)
    expect(await listed()).toBeUndefined()
    expect((await call('DELETE', `user-api-keys/${made.id}`)).status).toBe(404)
    expect(service.output()).not.toContain(made.key.slice(9))
  })

  test('for networks count the address of the connection, whatever headers say', async ({ service }) => {
    const call = await withKey(service, '--role', 'manager')
    const keyFor = async (...ip_range: string[]) => {
      const made = await call('POST', 'user-api-keys/', { name: 'net', ip_range })
      return callAs(service, `Api-Key ${made.json<{ key: string }>().key}`)
    }
    const [here, elsewhere] = [await keyFor('127.0.0.0/8', '::1/128'), await keyFor('203.0.113.0/24')]
    expect((await here('GET', 'user/')).status).toBe(200)
    const said = { 'X-Forwarded-For': '203.0.113.7', 'X-Client-Address': '203.0.113.7' }
    for (const headers of [{}, said]) {
      const refused = await elsewhere('GET', 'user/', undefined, headers)
      expect(refused.status).toBe(403)
      expect(refused.json()).toEqual({ detail: 'This API key may not be used from your IP address.' })
    }
  })

  test('wait when they ask too much, and only they', async ({ service }) => {
    const call = await withKey(service, '--requests-per-minute', '2')
    expect((await call('GET', 'user/')).status).toBe(200)
    expect((await call('GET', 'user/')).status).toBe(200)
    const refused = await call('GET', 'user/')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toEqual({ detail: expect.stringContaining('throttled') })
    expect((await (await withKey(service))('GET', 'user/')).status).toBe(200)
  })
})

test.describe('people', () => {
  test('sign in, act, refresh and go', async ({ service, partner }) => {
    const email = `${randomUUID()}@clinic.example`
    const args = ['create-user', email, '--name', 'Ada', '--project-role', `${partner.projectId}=analyst`]
    const { id, password } = await service.admin<{ id: string; password: string }>(...args)
    expect(await service.admin(...args, '--if-missing')).toEqual({ email, existing: true })
    const nobody = callAs(service, null)
    const answer = await nobody('POST', 'jwt-create/', { email, password })
    expect(answer.status).toBe(200)
    const tokens = answer.json<{ access: string; refresh: string }>()
    expect(Object.keys(tokens).sort()).toEqual(['access', 'refresh'])
    expect((await nobody('POST', 'jwt-verify/', { token: tokens.access })).json()).toEqual({})

    const person = callAs(service, `Bearer ${tokens.access}`)
    expect((await person('GET', 'user/')).json()).toEqual({
      id,
      email,
      name: 'Ada',
      uploads_enabled: true,
      explorer_enabled: false,
      created: expect.stringMatching(WIRE_TIME),
      is_support: false,
      role: null,
      rights: [],
      project_rights: { [partner.projectId]: ['upload_create', 'sample_read', 'run_analysis'] },
      second_factor: false,
    })
    const seen = (await person('GET', 'projects/')).json<Page>()
    expect(seen.results).toEqual([
      {
        ...PROJECT,
        id: partner.projectId,
        roles: { organization: null, project: { id: partner.projectId, name: 'analyst' } },
      },
    ])
    const minted = await person('POST', 'array-data-upload-form/', { project_id: partner.projectId })
    expect(minted.status).toBe(201)
    expect((await person('POST', 'projects/', { name: 'mine' })).status).toBe(403)

    await service.advance(601)
    const expired = await person('GET', 'user/')
    expect(expired.status).toBe(401)
    expect(expired.headers['www-authenticate']).toBe('Bearer realm="api"')
    expect(expired.json()).toMatchObject({ code: 'token_not_valid' })
    const refreshed = await nobody('POST', 'jwt-refresh/', { refresh: tokens.refresh })
    const { access } = refreshed.json<{ access: string }>()
    expect((await callAs(service, `Bearer ${access}`)('GET', 'user/')).status).toBe(200)

    await service.admin('disable-user', email)
    expect((await callAs(service, `Bearer ${access}`)('GET', 'user/')).status).toBe(401)
    expect((await nobody('POST', 'jwt-create/', { email, password })).json()).toEqual({
      detail: 'No active account found with the given credentials',
    })
    expect(service.output()).not.toContain(password)
    expect(service.output()).not.toContain(tokens.access)
  })

  test('get JSON where the command line has no token to refresh', async ({ service }) => {
    const refused = await callAs(service, null)('POST', 'jwt-refresh/', { refresh: null })
    expect(refused.status).toBe(401)
    expect(refused.json()).toEqual({ detail: 'Invalid API key, or your session has ended.' })
  })
})

test('a project is made once per Idempotency-Key, and a key with each request', async ({ service }) => {
  const call = await withKey(service, '--role', 'manager')
  const once = { 'Idempotency-Key': randomUUID() }
  const first = await call('POST', 'projects/', { name: 'Once' }, once)
  const again = await call('POST', 'projects', { name: 'Once' }, once)
  expect([again.status, again.json()]).toEqual([201, first.json()])
  expect((await call('POST', 'projects/', { name: 'Twice' }, once)).status).toBe(422)

  const keys = [
    await call('POST', 'user-api-keys/', { name: 'k' }, once),
    await call('POST', 'user-api-keys/', { name: 'k' }, once),
  ].map((answer) => answer.json<{ key: string }>().key)
  expect(keys[0]).not.toBe(keys[1])
})
