import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { mayDo, ROLES, type Role } from '#lib/access/role.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { updateLastUsed } from './api-keys-table.ts'
import { authenticateApiKey } from './authenticate-api-key.ts'
import { changeApiKey } from './change-api-key.ts'
import { listApiKeys } from './find-api-keys.ts'
import { issueApiKey } from './issue-api-key.ts'
import { NewApiKeyAnswer, presentApiKey, presentNewApiKey, WireApiKey } from './wire.ts'

let t: TestServices
beforeAll(async () => {
  t = await testServices()
})
afterAll(() => t.stop())

const issue = (caller: Caller, fields: Record<string, unknown> = {}) =>
  issueApiKey(t.services, caller, { name: 'made', ...fields })
const authenticate = (key: string, address?: string) =>
  authenticateApiKey(t.services, `Api-Key ${key}`, address)
const idsOf = async (caller: Caller) =>
  (await listApiKeys(t.services, caller, { limit: 200, offset: 0 })).rows.map(({ id }) => id)
const callerOf = async (key: { key: string }) => authenticate(key.key)

describe('a new key', () => {
  test('acts for its role and project, and is answered as documented, once', async () => {
    const { project, caller } = await t.aPartner()
    const issued = await issue(caller, { role: 'viewer' })
    expect(await callerOf(issued)).toMatchObject({ role: 'viewer', projectId: project.id })
    const shown = presentNewApiKey(issued)
    expect(NewApiKeyAnswer.strict().parse(shown)).toEqual(shown)
    expect(shown).toMatchObject({ key: issued.key, prefix: issued.key.slice(0, 8), expiry_date: null })
    const listed = presentApiKey(issued.row)
    expect(WireApiKey.strict().parse(listed)).toEqual(listed)
    expect(JSON.stringify(listed)).not.toContain(issued.key.slice(9))
  })

  test('has by default the role and the project of its maker', async () => {
    const { project, caller } = await t.aPartner()
    expect(await callerOf(await issue(caller))).toMatchObject({ role: 'analyst', projectId: project.id })
  })

  test.each(ROLES.flatMap((own) => ROLES.map((wanted) => [own, wanted] as const)))(
    'made by a %s is a %s only as far as its maker may do the same',
    async (own, wanted) => {
      const rights = ['upload_create', 'sample_read', 'run_analysis', 'project_write', 'user_manage'] as const
      const may = rights.every((right) => !mayDo(wanted, right) || mayDo(own, right))
      const { caller } = await t.aKey({ role: own })
      const made = issue(caller, { role: wanted })
      if (may) expect(await callerOf(await made)).toMatchObject({ role: wanted })
      else await expect(made).rejects.toMatchObject({ status: 403 })
    },
  )

  test('reaches no project that its maker does not reach', async () => {
    const { caller } = await t.aPartner()
    const other = await t.aProject()
    const unseen = 'Project does not exist or you do not have privileges to access it.'
    for (const project_id of [other.id, crypto.randomUUID()]) {
      await expect(issue(caller, { project_id })).rejects.toMatchObject({
        status: 400,
        fields: { project_id: [unseen] },
      })
    }
    await expect(issue(caller, { project_id: null })).rejects.toMatchObject({ status: 400 })
    const { caller: everywhere } = await t.aKey({ role: 'manager' })
    expect(await callerOf(await issue(everywhere, { project_id: other.id }))).toMatchObject({
      projectId: other.id,
    })
  })

  test('works on its last day, and not on the day after', async () => {
    const { caller } = await t.aPartner()
    const today = (await t.services.clock.now()).toISOString().slice(0, 10)
    const made = await issue(caller, { expiry_date: today })
    expect(presentApiKey(made.row)).toMatchObject({ expiry_date: today, has_expired: false })
    await authenticate(made.key)
    const midnight = made.row.expiresAt!
    expect(midnight.toISOString().slice(10)).toBe('T00:00:00.000Z')
    await t.advance((midnight.getTime() - made.row.now.getTime()) / 1_000 + 1)
    await expect(authenticate(made.key)).rejects.toMatchObject({ status: 401 })
    const { rows } = await listApiKeys(t.services, caller, { limit: 10, offset: 0 })
    expect(rows.map(presentApiKey)).toContainEqual(expect.objectContaining({ has_expired: true }))
    await expect(issue(caller, { expiry_date: today })).rejects.toMatchObject({
      fields: { expiry_date: ['This day has passed.'] },
    })
  })

  test('does not outlive the key it is made with', async () => {
    const expiresAt = new Date((await t.services.clock.now()).getTime() + 3 * 86_400_000)
    const { caller } = await t.aKey({ expiresAt })
    expect((await issue(caller)).row.expiresAt).toEqual(expiresAt)
    expect((await issue(caller, { expiry_date: '2999-01-01' })).row.expiresAt).toEqual(expiresAt)
  })

  test('gets no higher request limit than its maker, unless an owner of the whole installation makes it', async () => {
    const { caller } = await t.aPartner()
    const slow = await callerOf(await issue(caller, { requests_per_minute: 30 }))
    expect(slow).toMatchObject({ requestsPerMinute: 30 })
    expect(await callerOf(await issue(slow))).toMatchObject({ requestsPerMinute: 30 })
    const tooMuch = { fields: { requests_per_minute: [expect.stringContaining('cannot')] } }
    await expect(issue(slow, { requests_per_minute: 31 })).rejects.toMatchObject(tooMuch)
    await expect(issue(caller, { requests_per_minute: 601 })).rejects.toMatchObject(tooMuch)
    const { caller: owner } = await t.aKey({ role: 'owner', projectId: null })
    expect((await issue(owner, { requests_per_minute: 5_000 })).row.requestsPerMinute).toBe(5_000)
    await expect(issue(owner, { requests_per_minute: 0 })).rejects.toMatchObject({ status: 400 })
  })

  test('is made at the end of a line of at most ten', async () => {
    let last = (await t.aPartner()).caller
    for (let keys = 1; keys < 10; keys++) last = await callerOf(await issue(last))
    await expect(issue(last)).rejects.toMatchObject({ status: 403 })
  })

  test('is not valid in networks where the key it is made with is not', async () => {
    const { caller } = await t.aKey({ ipRanges: ['10.0.0.0/8', '192.0.2.0/24'] })
    expect((await issue(caller)).row.ipRanges).toEqual(['10.0.0.0/8', '192.0.2.0/24'])
    expect((await issue(caller, { ip_range: [] })).row.ipRanges).toEqual(['10.0.0.0/8', '192.0.2.0/24'])
    expect((await issue(caller, { ip_range: ['192.0.2.9/24'] })).row.ipRanges).toEqual(['192.0.2.0/24'])
    await expect(issue(caller, { ip_range: ['0.0.0.0/0'] })).rejects.toMatchObject({
      fields: { ip_range: expect.anything() },
    })
  })

  test.each([
    [{ name: undefined }, { name: ['This field is required.'] }],
    [{ name: null }, { name: ['This field may not be null.'] }],
    [{ name: ' ' }, { name: ['This field may not be blank.'] }],
    [{ name: 'x'.repeat(51) }, { name: ['Ensure this field has no more than 50 characters.'] }],
    [{ name: 'a\0b' }, { name: ['Not a valid string.'] }],
    [{ expiry_date: '31.12.2030' }, { expiry_date: [expect.stringContaining('YYYY-MM-DD')] }],
    [{ expiry_date: '2030-02-30' }, { expiry_date: [expect.stringContaining('YYYY-MM-DD')] }],
    [{ ip_range: '10.0.0.0/8' }, { ip_range: ['Expected a list of items.'] }],
    [{ ip_range: ['somewhere'] }, { ip_range: [expect.stringContaining('CIDR')] }],
    [{ role: 'god' }, { role: [expect.stringContaining('viewer')] }],
    [{ project_id: 'demo' }, { project_id: ['Must be a valid UUID.'] }],
  ])('is not made from %j', async (fields, messages) => {
    const { caller } = await t.aKey({ role: 'owner' })
    await expect(issue(caller, fields)).rejects.toMatchObject({ status: 400, fields: messages })
  })
})

test('Requests that share the look-up of a key are judged each by its own address', async () => {
  const { key } = await t.aKey({ ipRanges: ['10.0.0.0/8'] })
  const { key: other } = await t.aKey()
  const outcomes = await Promise.allSettled([
    authenticate(key, '10.1.2.3'),
    authenticate(key, '192.0.2.1'),
    authenticate(other, '192.0.2.1'),
    authenticate(key, '10.1.2.3'),
  ])
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'in' : outcome.reason.status))).toEqual([
    'in',
    403,
    'in',
    'in',
  ])
})

describe('a key for networks', () => {
  test('works from them, and is 403 from elsewhere', async () => {
    const { key } = await t.aKey({ ipRanges: ['10.0.0.0/8', '2001:db8::/32'] })
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::5']) await authenticate(key, address)
    for (const address of ['11.0.0.1', '2001:db9::1', '', undefined]) {
      await expect(authenticate(key, address)).rejects.toMatchObject({
        status: 403,
        message: 'This API key may not be used from your IP address.',
      })
    }
  })

  test('says nothing about them to a caller without the key', async () => {
    const { key } = await t.aKey({ ipRanges: ['10.0.0.0/8'] })
    const other = (await t.aKey()).key
    const wrong = `${key.slice(0, 9)}${other.slice(9)}`
    await expect(authenticate(wrong, '11.0.0.1')).rejects.toMatchObject({ status: 401 })
  })
})

describe('who knows of a key', () => {
  test('is its maker and the key itself; a manager of its project sees all keys with no more rights than their own', async () => {
    const project = await t.aProject()
    const keyOf = (role: Role, projectId: string | null = project.id) => t.aKey({ role, projectId })
    const [analyst, uploader, manager, owner] = [
      await keyOf('analyst'),
      await keyOf('uploader'),
      await keyOf('manager'),
      await keyOf('owner'),
    ]
    const made = await issue(analyst.caller, { role: 'viewer' })
    const everywhere = await keyOf('analyst', null)

    expect((await idsOf(analyst.caller)).toSorted()).toEqual([analyst.id, made.row.id].toSorted())
    expect(await idsOf(uploader.caller)).toEqual([uploader.id])
    const within = [analyst.id, uploader.id, manager.id, made.row.id]
    expect((await idsOf(manager.caller)).toSorted()).toEqual(within.toSorted())
    expect((await idsOf(owner.caller)).toSorted()).toEqual([...within, owner.id].toSorted())
    const all = await keyOf('owner', null)
    expect(await idsOf(all.caller)).toEqual(expect.arrayContaining([...within, owner.id, everywhere.id]))
  })

  test('is that caller only: changing a key one may not see is 404', async () => {
    const project = await t.aProject()
    const manager = await t.aKey({ role: 'manager', projectId: project.id })
    const others = [
      await t.aKey({ role: 'owner', projectId: project.id }),
      await t.aKey({ role: 'viewer', projectId: (await t.aProject()).id }),
      await t.aKey({ role: 'viewer' }),
      { id: crypto.randomUUID() },
      { id: 'nonsense' },
    ]
    for (const { id } of others) {
      const change = changeApiKey(t.services, manager.caller, id, { revoked: true })
      await expect(change).rejects.toMatchObject({ status: 404, message: 'Not found.' })
    }
  })
})

test('Refused uses of a key are in the audit trail, once an hour however many there are and from wherever', async () => {
  const { caller } = await t.aPartner()
  const { key, row } = await issue(caller)
  const refusals = async () => {
    await chainAudit(t.services)
    return t.services.db
      .selectFrom('audit_entry')
      .select(['actor_kind', 'address'])
      .where('action', '=', 'api_key.refused')
      .where(sql<boolean>`targets @> array[${row.id}::uuid]`)
      .execute()
  }
  await authenticate(key, '203.0.113.1')
  expect(await refusals()).toEqual([])
  // As if another secret had been made with this prefix: one that only looks like a key never gets this far.
  await t.services.db
    .updateTable('api_key')
    .set({ hash: Buffer.alloc(32) })
    .where('id', '=', row.id)
    .execute()
  const tries = Array.from({ length: 20 }, (_, n) => authenticate(key, `203.0.113.${n + 1}`))
  for (const each of await Promise.allSettled(tries)) expect(each.status).toBe('rejected')
  expect(await refusals()).toEqual([
    { actor_kind: 'anonymous', address: expect.stringMatching(/^203\.0\.113\./) },
  ])
  await t.advance(3_601)
  await expect(authenticate(key, '203.0.113.9')).rejects.toThrow('Invalid')
  expect(await refusals()).toHaveLength(2)
})

test('A revoked key is shown as revoked once, stops working, and leaves every list', async () => {
  const { caller } = await t.aPartner()
  const made = await issue(caller)
  // As programs that send the whole key back do.
  const change = { ...presentApiKey(made.row), revoked: true }
  expect(presentApiKey(await changeApiKey(t.services, caller, made.row.id, change))).toMatchObject({
    id: made.row.id,
    revoked: true,
  })
  await expect(authenticate(made.key)).rejects.toMatchObject({ message: 'This API key has been revoked.' })
  expect(await idsOf(caller)).not.toContain(made.row.id)
  const again = changeApiKey(t.services, caller, made.row.id, { revoked: false })
  await expect(again).rejects.toMatchObject({ status: 404 })
})

test('A key is renamed without being revoked', async () => {
  const { caller } = await t.aPartner()
  const { row, key } = await issue(caller)
  const changed = await changeApiKey(t.services, caller, row.id, { name: 'other', revoked: false })
  expect(presentApiKey(changed)).toMatchObject({ name: 'other', revoked: false })
  await authenticate(key)
})

test('The last use of a key is noted once a minute, however many requests found the one before, and never goes back', async () => {
  const { caller } = await t.aKey({ role: 'owner' })
  const { row } = await issue(caller)
  const note = async (at: string) => {
    await updateLastUsed(t.services.db, row.id, new Date(at), 60_000)
    const listed = await listApiKeys(t.services, caller, { limit: 200, offset: 0 })
    return listed.rows.find(({ id }) => id === row.id)?.lastUsedAt?.toISOString()
  }
  const first = '2026-01-01T12:00:00.000Z'
  expect(await note(first)).toBe(first)
  expect(await note('2026-01-01T12:00:30.000Z')).toBe(first)
  expect(await note('2026-01-01T11:00:00.000Z')).toBe(first)
  expect(await note('2026-01-01T12:01:01.000Z')).toBe('2026-01-01T12:01:01.000Z')
})
