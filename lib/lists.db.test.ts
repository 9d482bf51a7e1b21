import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { provideServices } from '#lib/services.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { slowPlansOf } from '#lib/testing/statement-plans.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { sealSource } from './fastq/seal-source.ts'
import { OPERATIONS } from './openapi/operations.ts'
import { countSessions } from './sessions/measure-sessions.ts'
import { deliverDue, measureBacklog } from './webhooks/deliver-due.ts'

/** GETs that take a query: lists, the export of one and the counts over time. */
const LISTS = OPERATIONS.filter(
  ({ method, query, path }) => method === 'GET' && query !== undefined && !path.endsWith('.sha256'),
)

const JUNK = [
  ...['', 'garbage', '\0', '__proto__', 'constructor', 'toString', '\ud800', 'x'.repeat(10_000), '💥', '%'],
  ...['-1', '0', '1e400', '9'.repeat(30), 'null', 'true', '[]', '2027-01-01', '1970-01-01', '2027-02-30'],
  ...[
    '99999-01-01T00:00:00Z',
    "' or true --",
    crypto.randomUUID(),
    'SampleAssignmentStatus.ALL',
    'SortBy.NAME',
  ],
]
/** Each parameter meets a third of the junk, and neighbours other thirds; all of it in `npm run torture`. */
const junkFor = (turn: number) =>
  process.env.ARRAYDROP_TORTURE ? JUNK : JUNK.filter((_, index) => index % 3 === turn % 3)
const UNKNOWN = ['bogus', '__proto__', 'constructor', 'created_afer']

interface Found {
  meta: { count: number }
}

let t: TestServices
let key: string
let ids: Record<string, string>
beforeAll(async () => {
  t = await testServices()
  // As many requests as it takes.
  provideServices(overriding(t.services, { limiter: { take: () => undefined } as never }))
  const partner = await t.aPartner()
  const { sampleId } = await t.aLink({ metadata: { order: 7 } }, partner)
  await t.aLink({}, partner)
  ;({ key } = await t.aKey({ role: 'owner' }))
  const subscription = await call('POST', `project-subscriptions/${partner.project.id}`, {
    target: 'https://partner.example/hook',
    event_types: ['analysis_complete_v2'],
  })
  const { id } = (await subscription.json()) as { id: string }
  const tested = await call('POST', `project-subscription-test/${id}`)
  const { notification } = (await tested.json()) as { notification: string }
  ids = {
    project_id: partner.project.id,
    sample_id: sampleId,
    subscription_id: id,
    notification_id: notification,
  }
})
afterAll(async () => {
  provideServices(undefined)
  await t.stop()
})

function call(method: (typeof OPERATIONS)[number]['method'], at: string, body?: unknown): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request(`http://localhost/api/v2/${at}`, {
    method,
    headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: text }),
  })
  return callRoute(request)
}

const addressOf = (route: string) =>
  route.replace('/api/v2/', '').replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? crypto.randomUUID())

/** How many things an answer holds: rows of a list, lines of a file, links in the counts. */
async function sizeOf(response: Response): Promise<number> {
  const text = await response.text()
  if (response.headers.get('content-type')?.startsWith('text/csv')) return text.split('\r\n').length
  const { meta, funnel, counts } = JSON.parse(text) as {
    meta?: { count: number }
    funnel?: { minted: number }
    counts?: { total_samples: number }
  }
  return meta?.count ?? funnel?.minted ?? counts!.total_samples
}

describe.each(LISTS.map((list) => [list.id, list] as const))('%s', (id, { path: route, query }) => {
  // Console sessions belong to people, and here is only a key.
  const status = id === 'listSessions' ? 403 : 200

  test('returns something when nothing is asked of it', async () => {
    expect((await call('GET', addressOf(route))).status).toBe(status)
  })

  test('refuses whatever it does not understand, or finds no more than without it', async () => {
    if (status !== 200) return
    const all = await sizeOf(await call('GET', addressOf(route)))
    const turn = LISTS.findIndex((list) => list.id === id)
    for (const [index, name] of Object.keys(query!.shape).entries()) {
      for (const value of junkFor(turn + index)) {
        const asked = new URLSearchParams([[name, value]])
        const response = await call('GET', `${addressOf(route)}?${asked}`)
        const shown = `${name}=${value.slice(0, 40)}`
        // What the caller does not see, or nobody has, may be 404 in Gencove's words.
        expect([200, 400, ...(name === 'project_id' ? [404] : [])], shown).toContain(response.status)
        if (response.status === 200) {
          // Hidden ones are what `all` adds, and there are none.
          expect(await sizeOf(response), shown).toBeLessThanOrEqual(all)
        } else if (response.status === 400) {
          expect(Object.keys((await response.json()) as object), shown).toEqual([name])
        }
      }
    }
  })

  test('refuses parameters that it does not have, and those that come twice', async () => {
    for (const name of UNKNOWN) {
      const refused = await call('GET', `${addressOf(route)}?${name}=x`)
      expect([refused.status, await refused.text()]).toEqual([
        400,
        `{"${name}":["There is no such parameter here."]}`,
      ])
    }
    const [name = ''] = Object.keys(query!.shape)
    expect((await call('GET', `${addressOf(route)}?${name}=1&${name}=1`)).status).toBe(400)
  })
})

describe('What is asked for beside a body or in it', () => {
  /** Of these the query is read; of those there is no key. */
  const APART = ['endSessions', 'endSession', 'createTokens', 'refreshToken', 'verifyToken']
  const changing = OPERATIONS.filter(({ method, id }) => method !== 'GET' && !APART.includes(id))

  test.each(changing.map(({ id, method, path }) => [id, method, path] as const))(
    'is refused by %s in its query',
    async (_id, method, path) => {
      const refused = await call(method, `${addressOf(path)}?status=failed`, {})
      expect([refused.status, await refused.json()]).toEqual([
        400,
        { status: ['There is no such parameter here.'] },
      ])
    },
  )

  const objects = OPERATIONS.filter(
    ({ method, query, right }) => method === 'GET' && query === undefined && right !== 'public',
  )

  test.each(objects.map(({ id, path }) => [id, path] as const))(
    'is refused by %s, which shows one thing and filters nothing',
    async (id, path) => {
      const refused = await call('GET', `${addressOf(path)}?status=failed`)
      expect([id, refused.status, await refused.json()]).toEqual([
        id,
        400,
        { status: ['There is no such parameter here.'] },
      ])
    },
  )

  test('may be what the service showed, sent back for another of the kind', async () => {
    const { project_id } = ids
    const hook = { target: 'https://partner.example/hook', event_types: ['analysis_complete_v2'] }
    const made = async (at: string, body: unknown) => {
      const response = await call('POST', at, body)
      const shown = (await response.json()) as Record<string, unknown>
      expect([at, response.status, shown]).toEqual([at, 201, expect.anything()])
      return shown
    }
    const listed = async (at: string) =>
      ((await (await call('GET', at)).json()) as { results: object[] }).results
    const keys = await made('user-api-keys/', { name: 'k', role: 'viewer' })
    const [key] = await listed('user-api-keys/?limit=1')
    for (const shown of [keys, key]) {
      const again = await made('user-api-keys/', shown)
      expect(again).toMatchObject({ name: 'k', role: 'viewer' })
      expect(again.id).not.toBe(keys.id)
    }
    expect((await call('POST', 'user-api-keys/', { ...key, revoked: true })).status).toBe(400)
    const soon = new Date((await t.services.clock.now()).getTime() + 3_600_000)
      .toISOString()
      .replace('Z', '000Z')
    const invited = { email: 'echo@people.example', role: 'viewer', expires_at: soon }
    const invitation = await made('user-invitations/', invited)
    expect(await made('user-invitations/', invitation)).toMatchObject(invited)
    const past = await call('POST', 'user-invitations/', { ...invited, expires_at: '2020-01-01' })
    expect([past.status, await past.json()]).toEqual([400, { expires_at: ['This time has passed.'] }])
    const off = await made(`project-subscriptions/${project_id}`, { ...hook, disabled: true })
    const shown = await (await call('GET', `project-subscription-details/${off.id}`)).json()
    expect(shown).toMatchObject({ disabled: true, disabled_reason: expect.any(String) })
    const copy = await made(`project-subscriptions/${project_id}`, shown)
    expect(await (await call('GET', `project-subscription-details/${copy.id}`)).json()).toMatchObject({
      disabled: true,
    })
  })

  test('is refused where it is misspelt, so that no key, person, link or webhook can do more than was meant', async () => {
    const { project_id, subscription_id } = ids
    const { key: made } = await t.aKey({ role: 'viewer' })
    const { results } = (await (await call('GET', 'user-api-keys?limit=200')).json()) as {
      results: { id: string; prefix: string }[]
    }
    const own = results.find(({ prefix }) => made.startsWith(prefix))!.id
    const hook = { target: 'https://partner.example/hook', event_types: ['analysis_complete_v2'] }
    const from = '2026-01-01T00:00:00Z'
    const file = {
      destination_path: 'gncv://x/s_R1.fastq.gz',
      source_url: 'https://cloud.example/s_R1.fastq.gz',
    }
    const bodies = [
      ['POST', 'user-api-keys/', { name: 'k' }, ['rol', 'projectId', 'ip_ranges', 'expires']],
      ['PATCH', `user-api-keys/${own}`, { name: 'k' }, ['revokd']],
      ['POST', 'user-invitations/', { email: 'a@people.example', role: 'viewer' }, ['project']],
      ['POST', 'projects/', { name: 'P' }, ['setings', 'hidden']],
      ['PATCH', `projects/${project_id}`, { name: 'P' }, ['setings', 'hidden']],
      ['PATCH', `project-subscription-details/${subscription_id}`, { name: 'S' }, ['disable']],
      ['POST', `project-subscription-resend/${subscription_id}`, { from }, ['until', 'state']],
      ['POST', `project-subscription-test/${subscription_id}`, {}, ['event-type', 'retri']],
      ['POST', `project-subscriptions/${project_id}`, hook, ['event_typs', 'disable']],
      ['POST', 'uploads-url/', file, ['projectid']],
      ['POST', 'array-data-upload-form/', {}, ['project', 'expire_in']],
    ] as const
    for (const [method, at, body, names] of bodies) {
      for (const name of names) {
        const refused = await call(method, at, { ...body, [name]: 'x' })
        expect([at, name, refused.status, await refused.json()]).toEqual([
          at,
          name,
          400,
          { [name]: [expect.stringContaining('There is no such field')] },
        ])
      }
    }
  })
})

describe('a list that can grow', () => {
  const ROWS = 7
  interface Page {
    meta: { count: number; next: string | null; more?: boolean }
    results: Item[]
  }
  interface Item {
    id?: string | number
    fastq?: { r1: { upload: string } }
  }
  const idOf = ({ id, fastq }: Item) => id ?? fastq!.r1.upload
  const page = async (at: string) => (await (await call('GET', at)).json()) as Page
  const asking = (at: string, query: string) => `${at}${at.includes('?') ? '&' : '?'}${query}`
  let full: string
  const lists = () =>
    [
      'audit/',
      `project-audit/${ids.project_id}`,
      'users/',
      'uploads/',
      'sample-sheet/',
      'sample-sheet/?sort_by=client_id&sort_order=asc',
      'projects/',
      'projects/?sort_by=name&sort_order=asc',
      'projects/?sort_by=pipeline_capabilities',
      'user-api-keys/',
      `project-subscription-notifications/${ids.subscription_id}`,
      ...['modified', 'created', 'client_id', 'id', 'status'].flatMap((sort) =>
        ['asc', 'desc'].map((order) => `project-samples/${full}?sort_by=${sort}&sort_order=${order}`),
      ),
    ] as const

  beforeAll(async () => {
    const { db } = t.services
    await sql`insert into app_user (email, name, password_hash, role)
      select 'p' || n || '@people.example', '', '', 'viewer' from generate_series(1, ${ROWS}) n`.execute(db)
    await sql`insert into audit_waiting (actor_kind, action, project_id, targets)
      select 'system', 'project.update', ${ids.project_id}::uuid, '{}'::uuid[]
        from generate_series(1, ${ROWS})`.execute(db)
    await sql`insert into project (name, settings) select 'Many', '{}' from generate_series(1, ${ROWS})`.execute(
      db,
    )
    await sql`insert into api_key (name, prefix, hash, role)
      select 'k', 'prefix-' || n, sha256(n::text::bytea), 'viewer' from generate_series(1, ${ROWS}) n`.execute(
      db,
    )
    full = (await t.aProject()).id
    // In one moment: the time alone is no order.
    await sql`insert into sample (project_id, client_id, status, status_id, status_at)
      select ${full}::uuid, 'same', case when n % 2 = 0 then 'failed qc' else 'running' end, gen_random_uuid(), now()
        from generate_series(1, ${ROWS}) n`.execute(db)
    const uploads = Array.from({ length: ROWS }, async (_, n) => {
      const id = crypto.randomUUID()
      const sealed = await sealSource(t.services, id, `https://cloud.example/${n}.fastq.gz`)
      return {
        id,
        destination_path: `s${n}_R1.fastq.gz`,
        pair_path: `s${n}`,
        client_id: `s${n}`,
        sealed_url: sealed,
      }
    })
    await sql`insert into fastq_upload (id, destination_path, pair_path, client_id, r_notation, sealed_url, source_host)
      select id, destination_path, pair_path, client_id, 'R1', sealed_url, 'cloud.example'
        from jsonb_to_recordset(${JSON.stringify(await Promise.all(uploads))}::jsonb)
          as given (id uuid, destination_path text, pair_path text, client_id text, sealed_url text)`.execute(
      db,
    )
    await sql`with event as (
        insert into webhook_event (id, project_id, type, payload)
        select gen_random_uuid(), ${ids.project_id}::uuid, 'analysis_complete_v2', '{}'
          from generate_series(1, ${ROWS}) returning id
      ) insert into notification (subscription_id, event_id, attempts_max, state)
      select ${ids.subscription_id}::uuid, id, 1, 'failed' from event`.execute(db)
  })

  test('leads to its last row by `next`, without a gap or a repetition', async () => {
    for (const at of lists()) {
      const whole = await page(asking(at, 'limit=200'))
      expect([at, whole.meta.next]).toEqual([at, null])
      expect(whole.results.length, at).toBeGreaterThanOrEqual(ROWS)
      const walked: (string | number)[] = []
      let next: string | null = asking(at, 'limit=2')
      while (next) {
        const { meta, results }: Page = await page(next)
        expect([at, meta.count]).toEqual([at, whole.results.length])
        walked.push(...results.map(idOf))
        next = meta.next?.split('/api/v2/')[1] ?? null
      }
      expect([at, walked]).toEqual([at, whole.results.map(idOf)])
    }
  })

  test('leads there by the offset in `next` alone, which is all that Gencove’s command line reads of it', async () => {
    for (const at of lists()) {
      const whole = await page(asking(at, 'limit=200'))
      const walked: (string | number)[] = []
      let offset: string | null = '0'
      while (offset !== null) {
        const { meta, results }: Page = await page(asking(at, `limit=3&offset=${offset}`))
        walked.push(...results.map(idOf))
        offset = meta.next && new URL(meta.next).searchParams.get('offset')
      }
      expect([at, walked]).toEqual([at, whole.results.map(idOf)])
    }
  })

  test('ends beyond its last row, or refuses to count that far', async () => {
    for (const at of lists()) {
      const beyond = await page(asking(at, 'offset=9000'))
      expect([at, beyond.results, beyond.meta.next]).toEqual([at, [], null])
      const ours = at.includes('audit') || at.startsWith('users')
      for (const offset of ['10001', '9'.repeat(20)]) {
        const deep = await call('GET', asking(at, `offset=${offset}`))
        expect([at, offset, deep.status]).toEqual([at, offset, ours ? 400 : 200])
        if (!ours) expect([at, offset, ((await deep.json()) as Page).results]).toEqual([at, offset, []])
      }
    }
  })

  test('refuses a place of another list', async () => {
    const foreign = (await page('samples?limit=1')).meta.next!
    const after = new URL(foreign).searchParams.get('after')
    for (const at of lists()) expect((await call('GET', asking(at, `after=${after}`))).status, at).toBe(400)
  })

  test('refuses a place and an offset, which begin at two rows', async () => {
    for (const at of [...lists(), 'samples']) {
      const next = (await page(asking(at, 'limit=1'))).meta.next!.split('/api/v2/')[1]!
      expect([at, next]).toEqual([at, expect.stringContaining('&offset=1&')])
      for (const query of ['&', '&offset=0&', '&offset=1&']) {
        expect([at, (await call('GET', next.replace('&offset=1&', query))).status]).toEqual([at, 200])
      }
      const refused = await call('GET', next.replace('&offset=1&', '&offset=2&'))
      expect([at, refused.status, await refused.json()]).toEqual([
        at,
        400,
        { offset: ['Give either "after" or "offset".'] },
      ])
    }
  })
})

describe('However many rows there are', () => {
  test('no GET of the partner API, no list by any of its filters and no claim or metric reads a table from end to end', async () => {
    const reads = OPERATIONS.filter(({ method }) => method === 'GET')
    const filters: Record<string, string> = {
      ...{
        search: 'nowhere',
        status: 'failed',
        state: 'failed',
        hidden_status: 'hidden',
        action: 'sample.delete',
      },
      ...{ reason: 'not_a_zip', vendor: '23andme', target: crypto.randomUUID(), actor: crypto.randomUUID() },
      ...{
        created_after: '2026-01-01',
        modified_before: '2026-01-01',
        since: '2026-01-01',
        until: '2026-01-01',
      },
    }
    const slow = await slowPlansOf(t.databaseUrl, async () => {
      for (const { path, query } of reads) {
        await (await call('GET', addressOf(path))).text()
        for (const name of Object.keys(query?.shape ?? {})) {
          if (!(name in filters)) continue
          const asked = new URLSearchParams([[name, filters[name]!]])
          await (await call('GET', `${addressOf(path)}?${asked}`)).text()
        }
      }
      await deliverDue(t.services)
      await measureBacklog(t.services)
      await countSessions(t.services)
    })
    expect(slow).toEqual([])
  }, 120_000)
})

describe('What Gencove asks with', () => {
  const found = async (at: string) => (await (await call('GET', at)).json()) as { meta: { count: number } }

  test('a filter that matches nothing of ours finds nothing', async () => {
    const samples = `project-samples/${ids.project_id}`
    const none = [
      ...['created_after=2099-01-01', 'created_before=2020-01-01', 'archive_status=archived'],
      ...[
        'archive_status=restore_requested',
        'hidden_status=hidden',
        'created_after=2099-01-01T00:00:00+00:00',
      ],
    ]
    for (const query of none)
      expect([query, (await found(`${samples}?${query}`)).meta.count]).toEqual([query, 0])
    const cli =
      'sort_by=modified&sort_order=desc&status=all&archive_status=all&hidden_status=visible&offset=0&limit=200'
    expect((await found(`${samples}?${cli}`)).meta.count).toBe(2)
    for (const query of ['hidden_status=hidden', 'locked=true', 'shared=true']) {
      expect((await found(`projects?${query}`)).meta.count).toBe(0)
    }
    expect((await found('file-types?object=reference_genome')).meta.count).toBe(0)
    expect((await call('GET', `file-types?project_id=${crypto.randomUUID()}`)).status).toBe(404)
  })

  test('the very time that a sample shows finds it, from either side', async () => {
    const { project_id, sample_id } = ids
    const { created } = (await (await call('GET', `samples/${sample_id}`)).json()) as { created: string }
    for (const at of [`project-samples/${project_id}?`, `samples?project=${project_id}&`]) {
      const asked = `${at}search=${sample_id}&created_after=${created}&created_before=${created}`
      expect([at, (await found(asked)).meta.count]).toEqual([at, 1])
      const later = created.replace('000Z', '001Z')
      expect((await found(`${at}search=${sample_id}&created_after=${later}`)).meta.count).toBe(0)
    }
  })

  test('the enum that its command line spells in Python is known in the sample sheet alone', async () => {
    expect((await call('GET', 'sample-sheet?status=SampleAssignmentStatus.UNASSIGNED')).status).toBe(200)
    for (const at of ['sample-sheet?status=SampleAssignmentStatus.BOGUS', 'sample-sheet?status=Other.ALL']) {
      expect((await call('GET', at)).status).toBe(400)
    }
  })

  test('hidden samples are in no list until they are asked for, and can be shown again', async () => {
    const { project_id, sample_id } = ids
    const count = async (query: string) => [
      (await found(`project-samples/${project_id}?${query}`)).meta.count,
      (await found(`samples?project=${project_id}&${query}`)).meta.count,
    ]
    const body = { sample_ids: [sample_id] }
    expect((await call('POST', `project-hide-samples/${project_id}`, body)).status).toBe(204)
    expect(await count('')).toEqual([1, 1])
    expect(await count('hidden_status=hidden')).toEqual([1, 1])
    expect(await count('hidden_status=all')).toEqual([2, 2])
    expect(await (await call('GET', `samples/${sample_id}`)).json()).toMatchObject({ hidden: true })
    expect(await (await call('GET', `projects/${project_id}`)).json()).toMatchObject({
      sample_count: 1,
      hidden_sample_count: 1,
    })
    expect((await call('POST', `project-unhide-samples/${project_id}`, body)).status).toBe(204)
    expect(await count('')).toEqual([2, 2])
    const foreign = await call('POST', `project-hide-samples/${project_id}`, {
      sample_ids: [crypto.randomUUID()],
    })
    expect(foreign.status).toBe(400)
  })
})

test('Metadata comes back with every digit, is searched by them and exported with them', async () => {
  const { sample_id } = ids
  const numbers = '{"id":12345678901234567890,"f":1.0,"e":1e30,"big":9007199254740993,"zero":0e5000}'
  const set = await call('POST', `sample-metadata/${sample_id}`, `{"metadata":${numbers}}`)
  expect(set.status).toBe(201)
  const shown = await (await call('GET', `sample-metadata/${sample_id}`)).text()
  expect(await set.text()).toBe(shown)
  for (const kept of ['12345678901234567890', '1.0', `1${'0'.repeat(30)}`, '9007199254740993']) {
    expect(shown).toContain(kept)
  }
  for (const search of ['12345678901234567890', '9007199254740993']) {
    const found = await (await call('GET', `samples?search=${search}`)).json()
    expect(found).toMatchObject({ results: [{ id: sample_id }] })
  }
  expect(await (await call('GET', 'samples-export')).text()).toContain('12345678901234567890')
  const minted = await call(
    'POST',
    'array-data-upload-form',
    `{"project_id":"${ids.project_id}","metadata":${numbers}}`,
  )
  expect(minted.status).toBe(201)
  const { sample_id: other } = (await minted.json()) as { sample_id: string }
  expect(await (await call('GET', `sample-metadata/${other}`)).text()).toBe(shown)
  for (const value of ['x"y', 'back\\slash', 'a\tb', '50%_\\']) {
    const metadata = { value: `${value} of ${sample_id}` }
    expect((await call('POST', `sample-metadata/${sample_id}`, { metadata })).status).toBe(201)
    for (const at of ['samples?', `project-samples/${ids.project_id}?`]) {
      const found = await (await call('GET', `${at}search=${encodeURIComponent(metadata.value)}`)).json()
      expect([at, value, found]).toMatchObject([at, value, { results: [{ id: sample_id }] }])
    }
  }
  const metadata = { 'a "key"': ['one', { deep: 'two', yes: true }], next: 'three\nnew' }
  expect((await call('POST', `sample-metadata/${sample_id}`, { metadata })).status).toBe(201)
  for (const at of ['samples?', `project-samples/${ids.project_id}?`]) {
    const count = async (search: string) =>
      ((await (await call('GET', `${at}search=${encodeURIComponent(search)}`)).json()) as Found).meta.count
    const values = ['a "KEY"', 'next', 'deep', 'One', 'two', 'true', 'ree\nne']
    for (const value of values) expect([at, value, await count(value)]).toEqual([at, value, 1])
    const punctuation = ['": ', '", "', '{', '[', ']}', '\\n', '\\', 'deep": "two']
    for (const value of punctuation) expect([at, value, await count(value)]).toEqual([at, value, 0])
  }
  const refused = await call('POST', `sample-metadata/${sample_id}`, '{"metadata":{"a":[1e100000]}}')
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { metadata: ['a[0]: this number has more than 1000 digits: give it as text.'] },
  ])
})
