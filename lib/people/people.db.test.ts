import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { listWholeAudit } from '#lib/audit/list-audit.ts'
import { overriding, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { type ListPlace, QueryPlace } from '#lib/wire/query-place.ts'
import { changePerson, disableUser } from './change-person.ts'
import { createUser, type NewUser } from './create-user.ts'
import { inviteUser, listInvitations, withdrawInvitation } from './invite-user.ts'
import { issueTokens } from './issue-tokens.ts'
import { makeFirstOwnerLink, makeResetLink } from './make-sign-in-link.ts'
import { listPeople } from './show-user.ts'
import { acceptInvitation, becomeFirstOwner, findSignInLink, resetPassword } from './use-sign-in-link.ts'
import { deleteOverdueSessions } from './user-sessions-table.ts'

const PASSWORD = 'a password of some length'
const OTHER = 'another password, longer'
const OVER = { status: 410 }
const FORBIDDEN = { status: 403 }
const ALL = { limit: 200, offset: 0 }

let t: TestServices
let people = 0

beforeAll(async () => {
  t = await testServices()
})
beforeEach(() => t.forgetTries())
afterAll(() => t.stop())

let visits = 0
const newAddress = () => `person-${++people}@clinic.example`
const aPerson = (person: Partial<NewUser> = {}) =>
  createUser(t.services, { email: newAddress(), password: PASSWORD, role: 'analyst', ...person })
const asUser = (userId: string, role: Caller['role'] = 'owner'): Caller => ({
  apiKeyId: null,
  userId,
  role,
  projectId: null,
})
const tokenOf = (url: string) => new URL(url).searchParams.get('token')!
const asked = (fields: Record<string, unknown>) => ({
  fields,
  requestId: 'request-1',
  address: `198.51.100.${++visits % 256}`,
})
const canSignIn = (email: string, password: string) =>
  issueTokens(t.services, { email, password }, { address: '', requestId: 'request-1' }).then(
    () => true,
    () => false,
  )

// First: there is no owner yet.
describe('the first owner', () => {
  const owner = (url: string, email = newAddress()) =>
    becomeFirstOwner(t.services, asked({ token: tokenOf(url), name: 'Ada', email, password: PASSWORD }))

  test('is the holder of the link, which works once, however many try at once', async () => {
    const before = (await makeFirstOwnerLink(t.services))!
    const url = (await makeFirstOwnerLink(t.services))!
    await expect(owner(before)).rejects.toMatchObject(OVER)
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => owner(url)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(owner(url)).rejects.toMatchObject(OVER)
    expect(await makeFirstOwnerLink(t.services)).toBeUndefined()
  })

  test('is not made by a link from before there was an owner', async () => {
    const { db } = t.services
    await db.updateTable('app_user').set({ role: 'viewer' }).execute()
    const url = (await makeFirstOwnerLink(t.services))!
    await aPerson({ role: 'owner' })
    await expect(owner(url)).rejects.toMatchObject(OVER)
  })
})

describe('a link', () => {
  test('is stored as a hash, and looking at it changes nothing', async () => {
    const admin = await aPerson({ role: 'owner' })
    const { url, email } = await inviteUser(t.services, asUser(admin.id), {
      email: newAddress(),
      role: 'viewer',
    })
    const rows = await t.services.db.selectFrom('sign_in_link').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(tokenOf(url))
    for (let look = 0; look < 3; look++) {
      expect(await findSignInLink(t.services, 'invitation', tokenOf(url))).toEqual({ email })
    }
  })

  test.each(['', 'x', 'A'.repeat(43), '\u0000'])('of nobody leads nowhere: %j', async (token) => {
    expect(await findSignInLink(t.services, 'reset', token)).toBeUndefined()
    await expect(resetPassword(t.services, asked({ token, password: PASSWORD }))).rejects.toMatchObject(OVER)
  })

  test('of one kind does not work as another', async () => {
    const admin = await aPerson({ role: 'owner' })
    const { url } = await makeResetLink(t.services, asUser(admin.id), admin.id)
    const token = tokenOf(url)
    expect(await findSignInLink(t.services, 'invitation', token)).toBeUndefined()
    await expect(
      acceptInvitation(t.services, asked({ token, name: 'X', password: PASSWORD })),
    ).rejects.toMatchObject(OVER)
  })
})

describe('an invited person', () => {
  test('gets the role of the invitation, once, and chooses the password', async () => {
    const admin = await aPerson({ role: 'owner' })
    const project = await t.aProject()
    const email = newAddress()
    const caller = asUser(admin.id)
    const invited = await inviteUser(t.services, caller, { email, role: 'analyst', project_id: project.id })
    const accept = () =>
      acceptInvitation(t.services, asked({ token: tokenOf(invited.url), name: 'Bo', password: PASSWORD }))
    expect(await accept()).toBe(email)
    await expect(accept()).rejects.toMatchObject(OVER)
    const { rows: results } = await listPeople(t.services, caller, { search: email }, ALL)
    expect(results).toMatchObject([
      { name: 'Bo', role: null, project_roles: [{ project: project.id, role: 'analyst' }] },
    ])
    expect(await canSignIn(email, PASSWORD)).toBe(true)
  })

  test('is refused when the invitation was withdrawn, has expired, or the person already exists', async () => {
    const admin = await aPerson({ role: 'owner' })
    const caller = asUser(admin.id)
    const invite = () => inviteUser(t.services, caller, { email: newAddress(), role: 'viewer' })
    const accept = ({ url }: { url: string }) =>
      acceptInvitation(t.services, asked({ token: tokenOf(url), name: 'Bo', password: PASSWORD }))
    const back = await invite()
    await withdrawInvitation(t.services, caller, back.id)
    await expect(accept(back)).rejects.toMatchObject(OVER)
    await expect(withdrawInvitation(t.services, caller, back.id)).rejects.toMatchObject({ status: 404 })
    const twice = await invite()
    await createUser(t.services, { email: twice.email, password: PASSWORD, role: 'viewer' })
    await expect(accept(twice)).rejects.toMatchObject({ status: 409 })
    await expect(
      inviteUser(t.services, caller, { email: admin.email, role: 'viewer' }),
    ).rejects.toMatchObject({ status: 409 })
    const old = await invite()
    await t.advance(7 * 86_400 + 1)
    await expect(accept(old)).rejects.toMatchObject(OVER)
    expect((await listInvitations(t.services, caller, ALL)).rows.map(({ id }) => id)).not.toContain(old.id)
  })
})

test('Invitations are listed page by page, newest first, each once, without those whose maker may no longer invite', async () => {
  const caller = asUser((await aPerson({ role: 'owner' })).id)
  const demoted = await aPerson({ role: 'owner' })
  const invite = (by: Caller) => inviteUser(t.services, by, { email: newAddress(), role: 'viewer' })
  const made: string[] = []
  for (let n = 0; n < 3; n++) {
    await invite(asUser(demoted.id))
    made.unshift((await invite(caller)).id)
  }
  await changePerson(t.services, caller, demoted.id, { role: 'viewer' })
  const found: string[] = []
  let after: ListPlace | undefined
  do {
    const page = { limit: 2, offset: after?.offset ?? 0, ...(after ? { after } : {}) }
    const { rows, next } = await listInvitations(t.services, caller, page)
    expect(rows.length).toBeGreaterThan(0)
    found.push(...rows.map(({ id }) => id))
    after = next === null ? undefined : QueryPlace.parse(next)
  } while (after)
  expect(found.slice(0, 3)).toEqual(made)
  expect(found).toEqual([...new Set(found)])
  expect(found).toHaveLength((await listInvitations(t.services, caller, ALL)).count)
})

test('Other invitations of an address end when one is accepted; those of others stay', async () => {
  const caller = asUser((await aPerson({ role: 'owner' })).id)
  const email = newAddress()
  const first = await inviteUser(t.services, caller, { email, role: 'viewer' })
  const second = await inviteUser(t.services, caller, { email: email.toUpperCase(), role: 'owner' })
  const other = await inviteUser(t.services, caller, { email: newAddress(), role: 'viewer' })
  const accept = ({ url }: { url: string }) =>
    acceptInvitation(t.services, asked({ token: tokenOf(url), name: 'Bo', password: PASSWORD }))
  await accept(first)
  const listed = (await listInvitations(t.services, caller, ALL)).rows.map(({ id }) => id)
  expect(listed).toContain(other.id)
  expect(listed).not.toContain(second.id)
  await expect(accept(second)).rejects.toMatchObject(OVER)
})

test('Sessions and sign-ins whose time is over are deleted so many at a time, to the last one, and no others', async () => {
  const { db } = t.services
  await sql`insert into sign_in_verification (identifier, value, expires_at)
    select 'over', n::text, app_now() - interval '25 hours' from generate_series(1, 3) n
    union all select 'recent', 'it', app_now() - interval '23 hours'`.execute(db)
  expect(await deleteOverdueSessions(db, 2)).toBe(true)
  while (await deleteOverdueSessions(db, 2));
  const { rows } = await sql`select identifier from sign_in_verification
    where identifier in ('over', 'recent')`.execute(db)
  expect(rows).toEqual([{ identifier: 'recent' }])
})

describe('a new password by a link', () => {
  test('works once, for an hour, and ends all earlier tokens', async () => {
    const [admin, person] = [await aPerson({ role: 'owner' }), await aPerson()]
    const caller = asUser(admin.id)
    const first = await makeResetLink(t.services, caller, person.id)
    const { url } = await makeResetLink(t.services, caller, person.id)
    const reset = (link: string) =>
      resetPassword(t.services, asked({ token: tokenOf(link), password: OTHER }))
    await expect(reset(first.url)).rejects.toMatchObject(OVER)
    await expect(
      resetPassword(t.services, asked({ token: tokenOf(url), password: 'short' })),
    ).rejects.toMatchObject({ status: 400 })
    expect(await reset(url)).toBe(person.email)
    await expect(reset(url)).rejects.toMatchObject(OVER)
    expect(await canSignIn(person.email, PASSWORD)).toBe(false)
    expect(await canSignIn(person.email, OTHER)).toBe(true)
    const late = await makeResetLink(t.services, caller, person.id)
    await t.advance(3_601)
    await expect(reset(late.url)).rejects.toMatchObject(OVER)
  })

  test('that is common is refused with a reason, and does not use up the link', async () => {
    const [admin, person] = [await aPerson({ role: 'owner' }), await aPerson()]
    const { url } = await makeResetLink(t.services, asUser(admin.id), person.id)
    const choose = (password: string) => resetPassword(t.services, asked({ token: tokenOf(url), password }))
    await expect(choose('password1234')).rejects.toMatchObject({
      status: 400,
      fields: { password: [expect.stringContaining('guessed first')] },
    })
    expect(await choose(OTHER)).toBe(person.email)
  })

  test('is not even hashed for a token that leads nowhere, and tries are counted by address', async () => {
    const passwords = overriding(t.services.passwords, {
      hash: () => Promise.reject(new Error('hashed without need')),
    })
    const from = (address: string) =>
      resetPassword(
        { ...t.services, passwords },
        { fields: { token: 'A'.repeat(43), password: OTHER }, requestId: 'r', address },
      )
    for (let n = 0; n < 10; n++) await expect(from('203.0.113.5')).rejects.toMatchObject(OVER)
    await expect(from('203.0.113.5')).rejects.toMatchObject({
      status: 429,
      retryAfterSeconds: expect.any(Number),
    })
    await expect(from('203.0.113.6')).rejects.toMatchObject(OVER)
  })

  test('does not let a disabled person in', async () => {
    const [admin, person] = [await aPerson({ role: 'owner' }), await aPerson()]
    const { url } = await makeResetLink(t.services, asUser(admin.id), person.id)
    await disableUser(t.services, person.email)
    await expect(
      resetPassword(t.services, asked({ token: tokenOf(url), password: OTHER })),
    ).rejects.toMatchObject(OVER)
    await expect(makeResetLink(t.services, asUser(admin.id), person.id)).rejects.toMatchObject({
      status: 409,
    })
  })
})

describe('people', () => {
  test('are managed by owners of the whole installation only', async () => {
    const person = await aPerson()
    const project = await t.aProject()
    const others: Caller[] = [
      asUser(person.id, 'manager'),
      asUser(person.id, null),
      { ...asUser(person.id, 'viewer'), projectRoles: { [project.id]: 'owner' } },
      { apiKeyId: crypto.randomUUID(), role: 'owner', projectId: project.id },
    ]
    for (const caller of others) {
      await expect(listPeople(t.services, caller, { search: '' }, ALL)).rejects.toMatchObject(FORBIDDEN)
      await expect(changePerson(t.services, caller, person.id, { role: 'owner' })).rejects.toMatchObject(
        FORBIDDEN,
      )
      await expect(makeResetLink(t.services, caller, person.id)).rejects.toMatchObject(FORBIDDEN)
      await expect(
        inviteUser(t.services, caller, { email: newAddress(), role: 'owner' }),
      ).rejects.toMatchObject(FORBIDDEN)
      await expect(listInvitations(t.services, caller, ALL)).rejects.toMatchObject(FORBIDDEN)
    }
  })

  test('change their roles, and an unknown project changes nothing', async () => {
    const [admin, person] = [await aPerson({ role: 'owner' }), await aPerson()]
    const project = await t.aProject()
    const change = (fields: Record<string, unknown>) =>
      changePerson(t.services, asUser(admin.id), person.id, fields)
    const roles = [{ project: project.id, role: 'manager' }]
    expect(await change({ role: null, project_roles: roles })).toMatchObject({
      role: null,
      project_roles: roles,
    })
    const wrong = [{ project: crypto.randomUUID(), role: 'owner' }]
    await expect(change({ role: 'owner', project_roles: wrong })).rejects.toMatchObject({ status: 400 })
    expect(await change({})).toMatchObject({ role: null, project_roles: roles })
    expect(await change({ disabled: true })).toMatchObject({ disabled_at: expect.any(String) })
    expect(await canSignIn(person.email, PASSWORD)).toBe(false)
    expect(await change({ disabled: false })).toMatchObject({ disabled_at: null })
    expect(await canSignIn(person.email, PASSWORD)).toBe(true)
  })

  test('always include an owner, however many leave at once', async () => {
    const { db } = t.services
    await db.updateTable('app_user').set({ role: 'viewer' }).where('role', '=', 'owner').execute()
    const owners = await Promise.all([aPerson({ role: 'owner' }), aPerson({ role: 'owner' })])
    const outcomes = await Promise.allSettled(
      owners.map(({ id }) => changePerson(t.services, asUser(id), id, { role: 'manager' })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const left = await db.selectFrom('app_user').select('id').where('role', '=', 'owner').execute()
    expect(left).toHaveLength(1)
    const { id } = left[0]!
    await expect(changePerson(t.services, asUser(id), id, { disabled: true })).rejects.toMatchObject(
      FORBIDDEN,
    )
    const other = await aPerson()
    await expect(changePerson(t.services, asUser(other.id), id, { disabled: true })).rejects.toMatchObject({
      status: 409,
    })
  })

  test('are found by part of their name or address, and its signs mean themselves', async () => {
    const admin = await aPerson({ role: 'owner', name: '50%_off' })
    const find = async (search: string) =>
      (await listPeople(t.services, asUser(admin.id), { search }, ALL)).rows.map(({ id }) => id)
    expect(await find('0%_O')).toEqual([admin.id])
    expect(await find('%%%')).toEqual([])
  })

  test('are all recorded in the audit trail, with their actor', async () => {
    const [admin, person] = [await aPerson({ role: 'owner', name: 'Ada' }), await aPerson()]
    const caller = asUser(admin.id)
    await makeResetLink(t.services, caller, person.id)
    await changePerson(t.services, caller, person.id, { role: 'viewer', disabled: true })
    const { rows } = await listWholeAudit(t.services, caller, { target: person.id }, ALL)
    expect(rows.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['user.disable', 'Ada'],
      ['user.update', 'Ada'],
      ['user.reset_link', 'Ada'],
      ['user.create', null],
    ])
    await expect(
      listWholeAudit(t.services, { ...caller, projectId: crypto.randomUUID() }, {}, ALL),
    ).rejects.toMatchObject(FORBIDDEN)
  })
})
