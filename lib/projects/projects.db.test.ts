import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demandRight, seesProject } from '#lib/access/caller.ts'
import { mayDo, ROLES } from '#lib/access/role.ts'
import { authenticateApiKey } from '#lib/keys/authenticate-api-key.ts'
import { revokeApiKey } from '#lib/keys/change-api-key.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { createProject, ensureDemoProject } from './create-project.ts'
import { findProject } from './find-project.ts'

let t: TestServices

beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const authenticate = (key: string) => authenticateApiKey(t.services, `Api-Key ${key}`)
const refusal = (message: string) => ({ status: 401, message })
const keyRow = (id: string) =>
  t.services.db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('the project to try things with', () => {
  // First in this file: it is about a database without any project.
  test('is made once, however many processes start at once, and is the default for array data', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => ensureDemoProject(t.services)))
    expect(new Set(made.map((project) => project.id)).size).toBe(1)
    expect(made[0]).toMatchObject({ name: 'demo', isArrayDefault: true })
    expect(await t.services.db.selectFrom('project').select('name').execute()).toEqual([{ name: 'demo' }])
  })

  test('is the default one where an operator has no project of that name', async () => {
    const { id } = await ensureDemoProject(t.services)
    await t.services.db.updateTable('project').set({ name: 'Blue Harbour' }).where('id', '=', id).execute()
    expect(await ensureDemoProject(t.services)).toMatchObject({ id, name: 'Blue Harbour' })
  })
})

describe('an API key', () => {
  test('says who its holder is', async () => {
    const { project, key, caller } = await t.aPartner()
    expect(await authenticate(key)).toEqual({
      apiKeyId: caller.apiKeyId,
      keys: [{ id: caller.apiKeyId, requestsPerMinute: null }],
      role: 'analyst',
      projectId: project.id,
      projectRoles: {},
      restricted: false,
    })
    expect(await authenticateApiKey(t.services, `api-key ${key}`)).toMatchObject({ projectId: project.id })
  })

  test('is in no column of no table', async () => {
    const { key, id, prefix } = await t.aKey()
    await authenticate(key)
    expect((await keyRow(id)).prefix).toBe(prefix)
    const secret = key.split('.')[1]!
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(t.services.db)
    expect(tables.length).toBeGreaterThan(10)
    for (const { name } of tables) {
      const { rows } =
        await sql`select from ${sql.raw(name)} x where x::text like ${`%${secret.slice(0, 20)}%`}`.execute(
          t.services.db,
        )
      expect(rows).toEqual([])
    }
  })

  test.each([
    null,
    '',
    'Api-Key',
    'Api-Key ',
    'Bearer x',
    'Basic YTpi',
    `Api-Key ${'x'.repeat(201)}`,
    'Api-Key a b',
  ])('is missing from %j', async (authorization) => {
    const missing = refusal('Authentication credentials were not provided.')
    await expect(authenticateApiKey(t.services, authorization)).rejects.toMatchObject(missing)
  })

  test('that is malformed, mistyped, unknown or wrong is refused in the same words', async () => {
    const { key } = await t.aKey()
    const other = await t.aKey()
    await t.services.db.deleteFrom('api_key').where('id', '=', other.id).execute()
    // A good prefix and checksum with another secret: only somebody who knows our code could make it.
    const { id, key: twin } = await t.aKey()
    await t.services.db
      .updateTable('api_key')
      .set({ hash: Buffer.alloc(32) })
      .where('id', '=', id)
      .execute()
    const last = key.at(-1) === 'A' ? 'B' : 'A'
    for (const bad of ['x', `${key.slice(0, -1)}${last}`, `${key}A`, key.replace('.', ''), other.key, twin]) {
      await expect(authenticate(bad)).rejects.toMatchObject(refusal('Invalid API key.'))
    }
  })

  test('stops working with the next request once revoked, and is revoked only once', async () => {
    const { id, key } = await t.aKey()
    await authenticate(key)
    await revokeApiKey(t.services, id)
    await expect(authenticate(key)).rejects.toMatchObject(refusal('This API key has been revoked.'))
    await expect(revokeApiKey(t.services, id)).rejects.toMatchObject({ status: 404 })
    await expect(revokeApiKey(t.services, crypto.randomUUID())).rejects.toMatchObject({ status: 404 })
  })

  test('notes when it was last used, to the minute', async () => {
    const { id, key } = await t.aKey()
    expect((await keyRow(id)).last_used_at).toBeNull()
    await authenticate(key)
    const first = (await keyRow(id)).last_used_at
    expect(first).toBeInstanceOf(Date)
    await authenticate(key)
    expect((await keyRow(id)).last_used_at).toEqual(first)
    await t.advance(61)
    await authenticate(key)
    expect((await keyRow(id)).last_used_at!.getTime()).toBeGreaterThan(first!.getTime() + 60_000)
  })

  test('that was refused is not marked as used', async () => {
    const { id, key } = await t.aKey()
    await revokeApiKey(t.services, id)
    await expect(authenticate(key)).rejects.toMatchObject({ status: 401 })
    expect((await keyRow(id)).last_used_at).toBeNull()
  })
})

describe('a role', () => {
  test('may do what the permissions page says, and nothing else', () => {
    const may = Object.fromEntries(
      ROLES.map((role) => [
        role,
        (['upload_create', 'sample_read', 'run_analysis', 'project_write', 'user_manage'] as const).filter(
          (right) => mayDo(role, right),
        ),
      ]),
    )
    expect(may).toEqual({
      viewer: ['sample_read'],
      uploader: ['upload_create'],
      analyst: ['upload_create', 'sample_read', 'run_analysis'],
      manager: ['upload_create', 'sample_read', 'run_analysis', 'project_write'],
      owner: ['upload_create', 'sample_read', 'run_analysis', 'project_write', 'user_manage'],
    })
  })

  test('without the right is 403', async () => {
    const { caller } = await t.aKey({ role: 'viewer' })
    expect(() => demandRight(caller, 'upload_create')).toThrow(expect.objectContaining({ status: 403 }))
    expect(() => demandRight(caller, 'sample_read')).not.toThrow()
  })

  test('in one project sees nothing of another', () => {
    const bound = { apiKeyId: 'k', role: 'owner', projectId: 'p-1' } as const
    expect([seesProject(bound, 'p-1'), seesProject(bound, 'p-2')]).toEqual([true, false])
    expect(seesProject({ ...bound, projectId: null }, 'p-2')).toBe(true)
  })
})

describe('a project', () => {
  test('is found by id and by name', async () => {
    const project = await t.aProject()
    expect(await findProject(t.services, project.id)).toEqual(project)
    expect(await findProject(t.services, project.name)).toEqual(project)
    await expect(findProject(t.services, 'nothing')).rejects.toMatchObject({ status: 404 })
    await expect(findProject(t.services, crypto.randomUUID())).rejects.toMatchObject({ status: 404 })
  })

  test.each([
    { redirectOrigins: ['https://clinic.example/'] },
    { redirectOrigins: ['clinic.example'] },
    { redirectOrigins: ['https://Clinic.example'] },
    { frameOrigins: ["https://a.example; script-src 'unsafe-inline'"] },
    { frameOrigins: ['https://a.example, https://b.example'] },
    { frameOrigins: ['https://a.example\r\nX: y'] },
    { frameOrigins: ["'none'"] },
    { frameOrigins: [''] },
    { supportUrl: 'javascript:alert(1)' },
    { callRateMin: 1.1 },
    { rowsMin: 0 },
  ])('may not have the settings %j', async (settings) => {
    const made = async () => createProject(t.services, { name: 'bad', settings })
    await expect(made()).rejects.toMatchObject({
      status: 400,
      fields: { [Object.keys(settings)[0]!]: expect.anything() },
    })
  })

  test('may be framed by hosts, wildcards and apps', async () => {
    const frameOrigins = [
      'https://clinic.example',
      'https://*.clinic.example:8443',
      'capacitor://localhost',
      'https:',
    ]
    const project = await createProject(t.services, { name: 'framed', settings: { frameOrigins } })
    expect((await findProject(t.services, project.id)).settings.frameOrigins).toEqual(frameOrigins)
  })
})

describe('with a clock that stands still', () => {
  // Last in this file: the clock of its database never goes on.
  test('a key expires exactly on time', async () => {
    const clock = await t.stopClock()
    const expiresAt = new Date('2030-01-01T12:00:00.000Z')
    const { key } = await t.aKey({ expiresAt })
    await clock.setTime(new Date(expiresAt.getTime() - 1))
    await expect(authenticate(key)).resolves.toMatchObject({ role: 'analyst' })
    await clock.setTime(expiresAt)
    await expect(authenticate(key)).rejects.toMatchObject(refusal('This API key has expired.'))
  })
})
