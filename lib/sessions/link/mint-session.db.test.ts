import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Telemetry } from '#lib/platform/telemetry/telemetry.ts'
import { isProblem } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { type TestPartner, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { readLinkToken } from './link-token.ts'
import { mintSession, presentLink } from './mint-session.ts'

let t: TestServices
let partner: TestPartner

beforeAll(async () => {
  t = await testServices()
  partner = await t.aPartner({ redirectOrigins: ['https://clinic.example'] })
})
afterAll(() => t.stop())

const mint = (fields: Record<string, unknown>, caller = partner.caller) =>
  mintSession(t.services, caller, fields)

/** Messages per field of a refusal; fails when the request is not refused. */
async function refused(fields: Record<string, unknown>, caller = partner.caller) {
  const thrown: unknown = await mint(fields, caller).then(
    () => expect.fail('it was minted'),
    (error: unknown) => error,
  )
  if (!isProblem(thrown)) throw thrown
  expect(thrown.status).toBe(400)
  return thrown.fields
}

const sessionRow = (sampleId: string) =>
  t.services.db
    .selectFrom('upload_session')
    .innerJoin('sample', 'sample.id', 'upload_session.sample_id')
    .selectAll('upload_session')
    .select(['sample.project_id', 'sample.metadata', 'sample.client_id', 'sample.status'])
    .where('sample_id', '=', sampleId)
    .executeTakeFirstOrThrow()

async function countAll() {
  const tables = ['sample', 'sample_status', 'upload_session', 'session_event', 'idempotency'] as const
  const counts = tables.map(async (table) => {
    const count = t.services.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('count'))
    return Number((await count.executeTakeFirstOrThrow()).count)
  })
  return Promise.all(counts)
}

describe('a minted session', () => {
  test('is a sample that awaits data, its history, its session and the event, all of the same moment', async () => {
    const link = await mint({ metadata: { clinic: 'Blue Harbour' } })
    const row = await sessionRow(link.sampleId)
    expect(row).toMatchObject({
      state: 'minted',
      jti: link.jti,
      project_id: partner.project.id,
      client_id: link.sampleId,
      status: 'consumer awaiting data',
      metadata: { clinic: 'Blue Harbour' },
      redirect_on_success: '',
      redirect_on_failure: '',
      locale: null,
      opened_at: null,
      deadline: null,
      tries: 0,
    })
    expect(row.link_expires_at.getTime()).toBe(link.exp * 1_000)
    expect(link.exp - link.iat).toBe(600)
    expect(link.iat).toBe(Math.floor(row.created.getTime() / 1_000))
    const history = t.services.db.selectFrom('sample_status').selectAll()
    const [status, ...others] = await history.where('sample_id', '=', link.sampleId).execute()
    expect(others).toEqual([])
    expect(status).toMatchObject({ status: 'consumer awaiting data', note: '', created: row.created })
    expect(await t.eventsOf(link.sampleId)).toEqual([{ kind: 'minted', reason: null }])
  })

  test('keeps what was asked for', async () => {
    const { sampleId, iat, exp } = await mint({
      project_id: partner.project.id,
      metadata: { nested: { list: [1, 'ä', null] } },
      redirect_on_success: 'https://clinic.example/done?a=1#b',
      redirect_on_failure: 'https://clinic.example/failed',
      expires_in: 3600,
      locale: 'pt-BR',
    })
    expect(exp - iat).toBe(3_600)
    expect(await sessionRow(sampleId)).toMatchObject({
      metadata: { nested: { list: [1, 'ä', null] } },
      redirect_on_success: 'https://clinic.example/done?a=1#b',
      redirect_on_failure: 'https://clinic.example/failed',
      locale: 'pt-BR',
    })
  })

  test('is answered with a link whose token leads back to it, and a time in whole seconds', async () => {
    const link = await mint({})
    const answer = presentLink(t.services, link)
    expect(answer.sample_id).toBe(link.sampleId)
    const url = new URL(answer.url)
    expect(`${url.origin}${url.pathname}`).toBe(`${t.services.env.publicUrl}/array-data-upload`)
    const { form, locale, ...claims } = link
    expect([form, locale]).toEqual(['query', null])
    expect(await readLinkToken(t.services.secrets, url.searchParams.get('token')!)).toEqual(claims)
    expect(answer.expires_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(Date.parse(answer.expires_at)).toBe(link.exp * 1_000)
  })

  test('has its token in the fragment where the project wants that, and stays so when asked for again', async () => {
    const own = await t.aPartner({ linkForm: 'fragment' })
    const again = () => mintSession(t.services, own.caller, { locale: 'pt-BR' }, { key: 'fragment' })
    const link = await again()
    const { url } = presentLink(t.services, link)
    const { search, hash } = new URL(url)
    expect(search).toBe(`?sample=${link.sampleId}&lang=pt-BR`)
    const { form, locale, ...claims } = link
    expect([form, locale]).toEqual(['fragment', 'pt-BR'])
    expect(await readLinkToken(t.services.secrets, hash.replace('#token=', ''))).toEqual(claims)
    expect(presentLink(t.services, await again()).url).toBe(url)
  })

  test('is never stored with its token', async () => {
    const link = await t.aLink({}, partner)
    const rows = await t.services.db.selectFrom('upload_session').selectAll().execute()
    expect(JSON.stringify(rows)).toContain(link.jti)
    expect(JSON.stringify(rows)).not.toContain(link.token)
    expect(JSON.stringify(rows)).not.toContain(link.token.split('.')[2])
  })
})

describe('the body', () => {
  const forms: [string, (fields: Record<string, string>) => BodyInit][] = [
    ['urlencoded', (fields) => new URLSearchParams(fields)],
    [
      'multipart',
      (fields) => {
        const form = new FormData()
        for (const [name, value] of Object.entries(fields)) form.set(name, value)
        return form
      },
    ],
  ]
  test.each(forms)('may be %s, with numbers and metadata as text', async (_kind, encode) => {
    const body = encode({
      project_id: partner.project.id,
      expires_in: '90',
      metadata: '{"a": [1]}',
      redirect_on_success: 'https://clinic.example/?a=1&b=2',
      locale: '',
    })
    const fields = await readBody(new Request('http://page.invalid/', { method: 'POST', body }))
    const { sampleId, iat, exp } = await mint(fields)
    expect(exp - iat).toBe(90)
    expect(await sessionRow(sampleId)).toMatchObject({
      metadata: { a: [1] },
      redirect_on_success: 'https://clinic.example/?a=1&b=2',
      locale: null,
    })
  })

  test('may be empty, or hold fields that we do not know', async () => {
    await mint({})
    await mint({ sub: 'x', redirect_url: 'https://thief.example/', jti: 'y' })
  })

  test.each(['projectId', 'expire_in', 'redirect_on_sucess', 'redirect_on_success[]', 'meta_data'])(
    'may not hold %s, which is nearly a field of ours',
    async (name) => {
      expect(await refused({ [name]: 'x' })).toEqual({ [name]: [expect.stringContaining('Did you mean')] })
    },
  )

  test.each([60, 600, 3600, '600', ' 60 ', 60.0])('may say expires_in: %j', async (expires_in) => {
    const { iat, exp } = await mint({ expires_in })
    expect(exp - iat).toBe(Number(expires_in))
  })

  test.each([
    [59, 'Ensure this value is greater than or equal to 60.'],
    [0, 'Ensure this value is greater than or equal to 60.'],
    [-600, 'Ensure this value is greater than or equal to 60.'],
    ['59', 'Ensure this value is greater than or equal to 60.'],
    [3601, 'Ensure this value is less than or equal to 3600.'],
    ['3601', 'Ensure this value is less than or equal to 3600.'],
    [600.5, 'A valid integer is required.'],
    ['600.5', 'A valid integer is required.'],
    ['', 'A valid integer is required.'],
    ['1e3', 'A valid integer is required.'],
    ['0x3c', 'A valid integer is required.'],
    ['ten', 'A valid integer is required.'],
    [true, 'A valid integer is required.'],
    [null, 'A valid integer is required.'],
    [[600], 'A valid integer is required.'],
    [{}, 'A valid integer is required.'],
    [Number.POSITIVE_INFINITY, 'A valid integer is required.'],
  ])('may not say expires_in: %j', async (expires_in, message) => {
    expect(await refused({ expires_in })).toEqual({ expires_in: [message] })
  })

  test.each([null, {}, '', '{}', 'null', { a: { b: { c: { d: { e: { f: { g: {} } } } } } } }])(
    'may say metadata: %j',
    async (metadata) => {
      const { sampleId } = await mint({ metadata })
      const expected = typeof metadata === 'string' ? JSON.parse(metadata || 'null') : metadata
      expect((await sessionRow(sampleId)).metadata).toEqual(expected)
    },
  )

  test.each([[[]], ['text'], ['[1]'], [5], [true], ['{"a":']])(
    'may not say metadata: %j, which is no object',
    async (metadata) => {
      expect(await refused({ metadata })).toEqual({ metadata: ['Value must be a JSON object.'] })
    },
  )

  test('may hold 16 KB of metadata, and not one byte more', async () => {
    const ofBytes = (bytes: number) => ({ a: 'ä'.repeat((bytes - 8) / 2) })
    await mint({ metadata: ofBytes(16_384) })
    const message = 'Ensure this value is at most 16384 bytes of JSON.'
    expect(await refused({ metadata: ofBytes(16_386) })).toEqual({ metadata: [message] })
  })

  test('may nest metadata eight levels deep, and not one more, however deep it is', async () => {
    const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)
    await mint({ metadata: nested(8) })
    const message = 'Ensure this value is nested at most 8 levels deep.'
    for (const levels of [9, 20_000]) {
      expect(await refused({ metadata: nested(levels) })).toEqual({ metadata: [message] })
    }
    const text = `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
    expect(await refused({ metadata: text })).toEqual({ metadata: [message] })
  })

  test.each([
    [{ a: 'x\0' }, 'a: '],
    [{ a: '\ud800' }, 'a: '],
    [{ a: [{ b: 'tail \udc00' }] }, 'a[0].b: '],
    [{ 'key\0': 1 }, ''],
    [{ '\udfff': 1 }, ''],
    ['{"a":"\\u0000"}', 'a: '],
  ])(
    'may hold no character in metadata that the database refuses; the refusal names its place',
    async (metadata, place) => {
      const message = `${place}Null characters and lone surrogates are not allowed.`
      expect(await refused({ metadata })).toEqual({ metadata: [message] })
    },
  )

  test('keeps an object key such as __proto__ as what it is: text', async () => {
    const { sampleId } = await mint({ metadata: JSON.parse('{"__proto__":{"x":1},"constructor":2}') })
    const { metadata } = await sessionRow(sampleId)
    expect(Object.keys(metadata as object).sort()).toEqual(['__proto__', 'constructor'])
  })

  test.each(['de', 'pt-BR', 'zh-Hant-TW', '', null])('may say locale: %j', async (locale) => {
    const { sampleId } = await mint({ locale })
    expect((await sessionRow(sampleId)).locale).toBe(locale || null)
  })

  test.each(['german!', 'de_DE', 'x'.repeat(36), 'de\0', 5, ['de']])(
    'may not say locale: %j',
    async (locale) => {
      expect(await refused({ locale })).toEqual({ locale: [expect.any(String)] })
    },
  )

  test.each([
    [
      'https://thief.example/',
      "The origin https://thief.example is not on this project's list of redirect origins.",
    ],
    ['clinic.example', 'Enter a valid URL.'],
    ['javascript:alert(1)', 'Enter a valid URL.'],
    [`https://clinic.example/${'a'.repeat(2_048)}`, 'Ensure this field has no more than 2048 characters.'],
    [null, 'Not a valid string.'],
    [['https://clinic.example/'], 'Not a valid string.'],
    [{ url: 'https://clinic.example/' }, 'Not a valid string.'],
  ])('may not redirect to %j', async (url, message) => {
    expect(await refused({ redirect_on_success: url })).toEqual({ redirect_on_success: [message] })
    expect(await refused({ redirect_on_failure: url })).toEqual({ redirect_on_failure: [message] })
  })

  test('is answered with all bad fields at once, and leaves nothing behind', async () => {
    const before = await countAll()
    const wrong = {
      expires_in: 5,
      metadata: [],
      redirect_on_success: 'ftp://x',
      redirect_on_failure: 7,
      locale: '?',
    }
    for (const project_id of ['no-uuid', 5, crypto.randomUUID()]) {
      const fields = await refused({ ...wrong, project_id })
      expect(Object.keys(fields ?? {}).sort()).toEqual([...Object.keys(wrong), 'project_id'].sort())
    }
    // An empty project_id is none given, beside other faults too.
    expect(Object.keys((await refused({ ...wrong, project_id: '' })) ?? {}).sort()).toEqual(
      Object.keys(wrong).sort(),
    )
    expect(await countAll()).toEqual(before)
  })
})

describe('the project', () => {
  const UNSEEN = { project_id: ['Project does not exist or you do not have privileges to access it.'] }

  test("is the key's own when none is named", async () => {
    for (const project_id of [undefined, null, '']) {
      const { sampleId } = await mint({ project_id })
      expect((await sessionRow(sampleId)).project_id).toBe(partner.project.id)
    }
  })

  test('may be named in capitals, as a UUID may', async () => {
    const { sampleId } = await mint({ project_id: partner.project.id.toUpperCase() })
    expect((await sessionRow(sampleId)).project_id).toBe(partner.project.id)
  })

  test('of another partner is refused like one that does not exist', async () => {
    const other = await t.aProject()
    expect(await refused({ project_id: other.id })).toEqual(UNSEEN)
    expect(await refused({ project_id: crypto.randomUUID() })).toEqual(UNSEEN)
  })

  test('may be any for a key that is bound to none, else the default for array data', async () => {
    const { caller } = await t.aKey()
    const other = await t.aProject()
    const named = await mint({ project_id: other.id }, caller)
    expect((await sessionRow(named.sampleId)).project_id).toBe(other.id)
    // The first project ever made is the default.
    const byDefault = await mint({}, caller)
    expect((await sessionRow(byDefault.sampleId)).project_id).toBe(partner.project.id)
    expect(await refused({ project_id: crypto.randomUUID() }, caller)).toEqual(UNSEEN)
  })

  test('must be named when no project is the default', async () => {
    const { caller } = await t.aKey()
    const isDefault = (is_array_default: boolean) =>
      t.services.db
        .updateTable('project')
        .set({ is_array_default })
        .where('id', '=', partner.project.id)
        .execute()
    await isDefault(false)
    try {
      const fields = await refused({}, caller)
      expect(Object.keys(fields ?? {})).toEqual(['project_id'])
      expect(fields?.project_id?.[0]).toContain('This field is required')
    } finally {
      await isDefault(true)
    }
  })
})

test('What changes in the project or in reach counts for the next link, in that very statement', async () => {
  const own = await t.aPartner()
  const fields = { redirect_on_success: 'https://clinic.example/', expires_in: 600 }
  await mint(fields, own.caller)
  const { caller: unbound } = await t.aKey()
  expect(await refused({}, { ...unbound, onlyProjects: [own.project.id] })).toHaveProperty('project_id')
  const settings = (change: object) =>
    sql`update project set settings = settings || ${JSON.stringify(change)}::jsonb where id = ${own.project.id}`.execute(
      t.services.db,
    )
  await settings({ redirectOrigins: ['https://other.example'] })
  expect(Object.keys((await refused(fields, own.caller)) ?? {})).toEqual(['redirect_on_success'])
  await settings({
    redirectOrigins: ['https://other.example', 'https://clinic.example'],
    linkForm: 'fragment',
  })
  expect((await mint(fields, own.caller)).form).toBe('fragment')
})

test('A project that allows a link just after the link was refused is a conflict', async () => {
  const { services } = t
  const insert = vi.spyOn(services.db, 'executeQuery').mockResolvedValueOnce({ rows: [] })
  await expect(mintSession(services, partner.caller, {})).rejects.toMatchObject({ status: 409 })
  insert.mockRestore()
})

test('Many partners minting at once get a session each', async () => {
  const links = await Promise.all(Array.from({ length: 40 }, () => mint({})))
  expect(new Set(links.map((link) => link.sampleId)).size).toBe(40)
  expect(new Set(links.map((link) => link.jti)).size).toBe(40)
})

describe('a mint is counted', () => {
  /** Services whose telemetry collects the kind (the first label) of every timeline entry counted. */
  function counting() {
    const kinds: unknown[] = []
    const telemetry: Telemetry = {
      ...t.services.telemetry,
      count: (name, labels) =>
        void (name === 'arraydrop.session.events' && kinds.push(Object.values(labels)[0])),
    }
    return { services: { ...t.services, telemetry }, kinds }
  }

  test('once, also when its request is repeated with the same Idempotency-Key', async () => {
    const { services, kinds } = counting()
    await mintSession(services, partner.caller, {})
    expect(kinds).toEqual(['minted'])
    const options = { key: crypto.randomUUID() }
    const first = await mintSession(services, partner.caller, {}, options)
    expect(await mintSession(services, partner.caller, {}, options)).toEqual(first)
    expect(kinds).toEqual(['minted', 'minted'])
  })

  test('not at all when its transaction is rolled back after the session was inserted', async () => {
    const { services, kinds } = counting()
    const before = await countAll()
    // The commit fails, not the statement: the key's row is inserted after the session.
    await t.services.db.schema
      .alterTable('idempotency')
      .addCheckConstraint('no_more_answers', sql`key <> 'rolled-back'`)
      .execute()
    try {
      const minting = mintSession(services, partner.caller, {}, { key: 'rolled-back' })
      await expect(minting).rejects.toThrow('no_more_answers')
    } finally {
      await t.services.db.schema.alterTable('idempotency').dropConstraint('no_more_answers').execute()
    }
    expect(await countAll()).toEqual(before)
    expect(kinds).toEqual([])
  })
})
