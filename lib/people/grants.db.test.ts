import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, coversRole, demandRight, seesProject } from '#lib/access/caller.ts'
import { covers, mayDo, RIGHTS, ROLES, type Role } from '#lib/access/role.ts'
import { authenticateApiKey } from '#lib/keys/authenticate-api-key.ts'
import { changeApiKey } from '#lib/keys/change-api-key.ts'
import { issueApiKey } from '#lib/keys/issue-api-key.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { authenticate } from './authenticate.ts'
import { changePerson, disableUser } from './change-person.ts'
import { createUser, type NewUser } from './create-user.ts'
import { inviteUser, listInvitations } from './invite-user.ts'
import { issueTokens } from './issue-tokens.ts'
import { listGrants } from './list-grants.ts'
import { makeResetLink } from './make-sign-in-link.ts'
import { acceptInvitation, findSignInLink, resetPassword } from './use-sign-in-link.ts'

const PASSWORD = 'four unrelated plain words'
const REVOKED = { status: 401, message: 'This API key has been revoked.' }
const OVER = { status: 410 }

let t: TestServices
let people = 0
let owner: Caller
beforeAll(async () => {
  t = await testServices()
  owner = await asPerson(await aPerson({ role: 'owner' }))
})
beforeEach(() => t.forgetTries())
afterAll(() => t.stop())

const newAddress = () => `person-${++people}@clinic.example`
const aPerson = (person: Partial<NewUser> = {}) =>
  createUser(t.services, { email: newAddress(), password: PASSWORD, role: 'analyst', ...person })
const visitor = () => ({ address: `198.51.100.${++people % 256}`, requestId: 'request-1' })

async function asPerson({ email }: { email: string }): Promise<Caller> {
  const { access } = await issueTokens(t.services, { email, password: PASSWORD }, visitor())
  return authenticate(t.services, { authorization: `Bearer ${access}`, address: '' })
}

const as = (key: string, address = '203.0.113.9') => authenticateApiKey(t.services, `Api-Key ${key}`, address)
const keyOf = (caller: Caller, fields: Record<string, unknown> = {}) =>
  issueApiKey(t.services, caller, { name: 'made', ...fields })
const revoke = (caller: Caller, id: string) => changeApiKey(t.services, caller, id, { revoked: true })
const change = (id: string, fields: Record<string, unknown>) => changePerson(t.services, owner, id, fields)

const tokenOf = ({ url }: { url: string }) => new URL(url).searchParams.get('token')!
const accept = (link: { url: string }) =>
  acceptInvitation(t.services, {
    ...visitor(),
    fields: { token: tokenOf(link), name: 'Bo', password: PASSWORD },
  })
const reset = (link: { url: string }) =>
  resetPassword(t.services, { ...visitor(), fields: { token: tokenOf(link), password: `${PASSWORD} more` } })

const ALL = { limit: 200, offset: 0 }

/** An invitation and a reset link that this caller made. */
async function handOut(by: Caller) {
  const target = await aPerson()
  return {
    invitation: await inviteUser(t.services, by, { email: newAddress(), role: 'viewer' }),
    reset: await makeResetLink(t.services, by, target.id),
  }
}

async function expectOver(links: Awaited<ReturnType<typeof handOut>>) {
  expect(await findSignInLink(t.services, 'invitation', tokenOf(links.invitation))).toBeUndefined()
  expect(await findSignInLink(t.services, 'reset', tokenOf(links.reset))).toBeUndefined()
  await expect(accept(links.invitation)).rejects.toMatchObject(OVER)
  await expect(reset(links.reset)).rejects.toMatchObject(OVER)
  const listed = (await listInvitations(t.services, owner, ALL)).rows.map(({ id }) => id)
  expect(listed).not.toContain(links.invitation.id)
}

describe('the key of a person whose role was changed', () => {
  const changed = ROLES.flatMap((own) => [...ROLES, null].map((now) => [own, now] as const))
  test.each(changed)('from %s to %s does what both allow, and no more', async (own, now) => {
    const person = await aPerson({ role: own })
    const { key } = await keyOf(await asPerson(person))
    const child = await keyOf(await as(key))
    await change(person.id, { role: now })
    const project = await t.aProject()
    for (const each of [key, child.key]) {
      const caller = await as(each)
      for (const right of RIGHTS) {
        const may = mayDo(own, right) && now !== null && mayDo(now, right)
        const asked = () => demandRight(caller, right)
        if (may) expect(seesProject(asked(), project.id)).toBe(true)
        else expect(asked).toThrow('You do not have permission')
      }
      for (const role of ROLES) {
        const may = now !== null && covers([own], role) && covers([now], role)
        expect(coversRole(caller, role, null)).toBe(may)
      }
    }
  })
})

describe('the key of a person with roles in single projects', () => {
  const personIn = async (role: Role) => {
    const project = await t.aProject()
    const person = await aPerson({ role: null, projectRoles: [{ projectId: project.id, role }] })
    const { key } = await keyOf(await asPerson(person), { project_id: project.id })
    return { project, person, key }
  }

  test('follows the role in that project, and ends with it', async () => {
    const { project, person, key } = await personIn('manager')
    expect(demandRight(await as(key), 'project_write')).toBeTruthy()
    await change(person.id, { project_roles: [{ project: project.id, role: 'viewer' }] })
    const viewer = await as(key)
    expect(() => demandRight(viewer, 'project_write')).toThrow('permission')
    expect(seesProject(demandRight(viewer, 'sample_read'), project.id)).toBe(true)
    await change(person.id, { project_roles: [] })
    const nobody = await as(key)
    expect(() => demandRight(nobody, 'sample_read')).toThrow('permission')
    expect(seesProject(nobody, project.id)).toBe(false)
  })

  test('reaches no other project, even when the person does', async () => {
    const { project, person, key } = await personIn('manager')
    const other = await t.aProject()
    await change(person.id, { role: 'viewer', project_roles: [{ project: other.id, role: 'manager' }] })
    const caller = await as(key)
    expect(seesProject(caller, other.id)).toBe(false)
    expect(() => demandRight(caller, 'project_write')).toThrow('permission')
    expect(seesProject(demandRight(caller, 'sample_read'), project.id)).toBe(true)
  })
})

describe('disabling a person', () => {
  test.each(['by an owner', 'on the command line'])('%s ends all that they handed out', async (how) => {
    const person = await aPerson({ role: 'owner' })
    const caller = await asPerson(person)
    const key = await keyOf(caller)
    const byKey = await as(key.key)
    const child = await keyOf(byKey)
    const links = [await handOut(caller), await handOut(byKey), await handOut(await as(child.key))]
    if (how === 'by an owner') await change(person.id, { disabled: true })
    else await disableUser(t.services, person.email)
    for (const each of [key, child]) await expect(as(each.key)).rejects.toMatchObject(REVOKED)
    for (const each of links) await expectOver(each)
    await change(person.id, { disabled: false })
    expect(await as(child.key)).toMatchObject({ role: 'owner' })
    for (const each of links.slice(0, 2)) await expectOver(each)
  })

  test('or taking the role away refuses their links, however they were made', async () => {
    const person = await aPerson({ role: 'owner' })
    const caller = await asPerson(person)
    const links = [await handOut(caller), await handOut(await as((await keyOf(caller)).key))]
    await change(person.id, { role: 'manager' })
    for (const each of links) await expectOver(each)
  })
})

describe('revoking a key', () => {
  test('ends the keys made with it, those made with them, and every link', async () => {
    const key = await t.aKey({ role: 'owner' })
    const child = await keyOf(key.caller)
    const grandchild = await keyOf(await as(child.key))
    const links = [await handOut(key.caller), await handOut(await as(grandchild.key))]
    const grants = await listGrants(t.services, owner, key.id)
    expect(grants.keys.map(({ id }) => id)).toEqual([child.row.id, grandchild.row.id])
    expect(grants.invitations.map(({ id }) => id).toSorted()).toEqual(
      links.map(({ invitation }) => invitation.id).toSorted(),
    )
    expect(grants.reset_links).toBe(2)
    await revoke(owner, key.id)
    for (const each of [child, grandchild]) await expect(as(each.key)).rejects.toMatchObject(REVOKED)
    for (const each of links) await expectOver(each)
  })

  test('leaves what another key made', async () => {
    const [one, two] = [await t.aKey({ role: 'owner' }), await t.aKey({ role: 'owner' })]
    const child = await keyOf(one.caller)
    const links = await handOut(one.caller)
    await revoke(owner, two.id)
    await as(child.key)
    expect(await accept(links.invitation)).toBe(links.invitation.email)
    await reset(links.reset)
  })
})

describe('a key with limits', () => {
  const limits: [string, () => Promise<Parameters<TestServices['aKey']>[0]>][] = [
    ['networks', async () => ({ role: 'owner', ipRanges: ['127.0.0.0/8'] })],
    [
      'a last day',
      async () => ({
        role: 'owner',
        expiresAt: new Date((await t.services.clock.now()).getTime() + 86_400_000),
      }),
    ],
  ]
  test.each(limits)(
    'by %s makes neither people nor links, nor does a key made with it',
    async (_what, of) => {
      const key = await t.aKey(await of())
      const child = await keyOf(await as(key.key, '127.0.0.1'))
      const target = await aPerson()
      for (const each of [key.key, child.key]) {
        const caller = await as(each, '127.0.0.1')
        const acts = [
          inviteUser(t.services, caller, { email: newAddress(), role: 'owner' }),
          makeResetLink(t.services, caller, target.id),
          changePerson(t.services, caller, target.id, { role: 'owner' }),
          changePerson(t.services, caller, target.id, { second_factor: false }),
        ]
        for (const act of acts) await expect(act).rejects.toMatchObject({ status: 403 })
        expect((await listInvitations(t.services, caller, ALL)).rows).toEqual(expect.any(Array))
      }
    },
  )

  test('holds its children to its networks and its time, whatever their own rows say', async () => {
    const expiresAt = new Date((await t.services.clock.now()).getTime() + 86_400_000)
    const key = await t.aKey({ role: 'owner', ipRanges: ['10.0.0.0/8'], expiresAt })
    const child = await keyOf(await as(key.key, '10.0.0.1'))
    const loose = { ip_ranges: null, expires_at: null }
    await t.services.db.updateTable('api_key').set(loose).where('id', '=', child.row.id).execute()
    await as(child.key, '10.0.0.1')
    await expect(as(child.key)).rejects.toMatchObject({ status: 403 })
    await t.advance(86_401)
    await expect(as(child.key, '10.0.0.1')).rejects.toMatchObject({ status: 401 })
  })
})

test('A key whose maker is not known any more is refused', async () => {
  const child = await keyOf((await t.aKey()).caller)
  await as(child.key)
  await t.services.db.deleteFrom('api_key').where('id', '=', child.row.id).execute()
  const orphan = await t.aKey({ createdBy: crypto.randomUUID() })
  await expect(as(orphan.key)).rejects.toMatchObject(REVOKED)
})
