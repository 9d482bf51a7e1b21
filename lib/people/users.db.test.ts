import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demandRight, seesProject } from '#lib/access/caller.ts'
import { issueApiKey } from '#lib/keys/issue-api-key.ts'
import { connect } from '#lib/platform/db/connect.ts'
import { Problem } from '#lib/problem.ts'
import { findUploadProject, findVisibleProject } from '#lib/projects/find-project.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { authenticate } from './authenticate.ts'
import { disableUser } from './change-person.ts'
import { createUser, type NewUser } from './create-user.ts'
import { issueTokens, refreshAccessToken, verifyToken } from './issue-tokens.ts'
import { showUser } from './show-user.ts'
import { WireUser } from './wire.ts'

const PASSWORD = 'a password of some length'
const BAD_CREDENTIALS = {
  status: 401,
  message: 'No active account found with the given credentials',
  beside: undefined,
}
const BAD_TOKEN = {
  status: 401,
  message: 'Token is invalid or expired',
  beside: { code: 'token_not_valid' },
}

let t: TestServices
let people = 0

beforeAll(async () => {
  t = await testServices()
})
// Each test tries as often as it likes, but for those about just that.
beforeEach(() => t.forgetTries())
afterAll(() => t.stop())

async function aPerson(person: Partial<NewUser> = {}) {
  const email = `person-${++people}@clinic.example`
  return createUser(t.services, { email, password: PASSWORD, role: 'analyst', ...person })
}
const signInAs = (email: string, password = PASSWORD, address = '198.51.100.7') =>
  issueTokens(t.services, { email, password }, { address, requestId: 'request-1' })
const bearer = (access: string) =>
  authenticate(t.services, { authorization: `Bearer ${access}`, address: '' })
const callerOf = async (person: { email: string }) => bearer((await signInAs(person.email)).access)

describe('a person', () => {
  test('signs in by address, in any case, and acts with their role', async () => {
    const person = await aPerson({ role: 'manager' })
    const { access } = await signInAs(` ${person.email.toUpperCase()} `)
    expect(await bearer(access)).toMatchObject({ apiKeyId: null, userId: person.id, role: 'manager' })
  })

  test('is one per address', async () => {
    const { email } = await aPerson()
    await expect(aPerson({ email: email.toUpperCase() })).rejects.toMatchObject({ status: 409 })
  })

  test.each([{ email: 'nobody' }, { email: `${'x'.repeat(250)}@a.example` }, { password: 'short' }])(
    'is not made from %j',
    async (fields) => {
      await expect(aPerson(fields)).rejects.toMatchObject({
        status: 400,
        fields: { [Object.keys(fields)[0]!]: expect.anything() },
      })
    },
  )

  test('is shown as documented, and an API key in their stead', async () => {
    const person = await aPerson({ name: 'Ada' })
    const shown = await showUser(t.services, await callerOf(person))
    expect(WireUser.strict().parse(shown)).toEqual(shown)
    expect(shown).toMatchObject({ id: person.id, email: person.email, name: 'Ada', uploads_enabled: true })
    const key = await t.aKey({ role: 'viewer' })
    expect(await showUser(t.services, key.caller)).toMatchObject({
      id: key.id,
      email: `${key.prefix.toLowerCase()}@api-key.invalid`,
      uploads_enabled: false,
    })
  })
})

describe('a wrong password, an unknown address and a disabled person', () => {
  test('get the same answer', async () => {
    const person = await aPerson()
    const left = await aPerson()
    await disableUser(t.services, left.email)
    await expect(signInAs(person.email, `${PASSWORD}.`)).rejects.toMatchObject(BAD_CREDENTIALS)
    await expect(signInAs('nobody@clinic.example')).rejects.toMatchObject(BAD_CREDENTIALS)
    await expect(signInAs(left.email)).rejects.toMatchObject(BAD_CREDENTIALS)
  })

  test('are 400 when they are missing', async () => {
    const required = ['This field is required.']
    await expect(issueTokens(t.services, {}, { address: '', requestId: 'request-1' })).rejects.toMatchObject({
      status: 400,
      fields: { email: required, password: required },
    })
  })
})

describe('too many tries', () => {
  test('from one address wait, for any account, and other addresses do not', async () => {
    for (let n = 0; n < 10; n++) await signInAs(`n${n}@clinic.example`, PASSWORD, 'here').catch(() => {})
    const { email } = await aPerson()
    const refused = signInAs(email, PASSWORD, 'here')
    await expect(refused).rejects.toMatchObject({ status: 429, retryAfterSeconds: expect.any(Number) })
    await signInAs(email, PASSWORD, 'there')
  })

  test('from one IPv6 network count as one', async () => {
    const from = (n: number) => signInAs(`v6-${n}@clinic.example`, PASSWORD, `2001:db8::${n}`)
    for (let n = 0; n < 10; n++) await expect(from(n)).rejects.toMatchObject({ status: 401 })
    await expect(from(10)).rejects.toMatchObject({ status: 429 })
    await expect(signInAs('v6@clinic.example', PASSWORD, '2001:db8:0:1::1')).rejects.toMatchObject({
      status: 401,
    })
  })

  test('for one account wait, but nobody is kept out by others for longer than a minute', async () => {
    const { email } = await aPerson()
    for (let n = 0; n < 10; n++) await signInAs(email, 'wrong', `address-${n}`).catch(() => {})
    // Each address still has one try a minute: others cannot use it up.
    await expect(signInAs(email, 'wrong', 'other')).rejects.toMatchObject({ status: 401 })
    await expect(signInAs(email, PASSWORD, 'other')).rejects.toMatchObject({ status: 429 })
    await signInAs(email, PASSWORD, 'their own')
    // Half of it: hashing takes its time on a busy machine.
    await t.advance(30)
    await expect(signInAs(email, PASSWORD, 'other')).rejects.toMatchObject({ status: 429 })
    for (let n = 10; n < 30; n++) await signInAs(email, 'wrong', `address-${n}`).catch(() => {})
    await t.advance(31)
    await signInAs(email, PASSWORD, 'other')
  })

  test('are counted for all processes together', async () => {
    const { email } = await aPerson()
    const other = connect({ url: t.databaseUrl, log: t.services.log })
    const replicas = [t.services, { ...t.services, db: other }]
    const tries = Array.from({ length: 30 }, (_, n) =>
      issueTokens(replicas[n % 2]!, { email, password: 'wrong' }, { address: 'here', requestId: 'r' }),
    )
    const outcomes = await Promise.allSettled(tries)
    await other.destroy()
    const statuses = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
  })

  test('leave the queue of hashes open: beyond it, 503 says when to try again', async () => {
    const { email } = await aPerson()
    const flood = Array.from({ length: 60 }, (_, n) =>
      issueTokens(
        t.services,
        { email: `x${n}@clinic.example`, password: PASSWORD },
        { address: `a${n}`, requestId: 'r' },
      ),
    )
    const outcomes = await Promise.allSettled(flood)
    const refused = outcomes.filter(
      (outcome) => outcome.status === 'rejected' && outcome.reason.status === 503,
    )
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({ reason: { retryAfterSeconds: 5 } })
    await signInAs(email)
  })

  test('cost nothing when there was no turn to hash the password', async () => {
    const { email } = await aPerson()
    const busy = new Problem('unavailable', 'Too many people are signing in.', { retryAfterSeconds: 5 })
    let turns = 0
    const passwords = {
      ...t.services.passwords,
      matches: (...given: Parameters<typeof t.services.passwords.matches>) =>
        turns > 0 ? t.services.passwords.matches(...given) : Promise.reject(busy),
    }
    const signIn = (password: string, address = 'one place') =>
      issueTokens({ ...t.services, passwords }, { email, password }, { address, requestId: 'r' })
    for (let n = 0; n < 12; n++) await expect(signIn(PASSWORD)).rejects.toMatchObject({ status: 503 })
    turns = 1
    for (let n = 0; n < 10; n++) await expect(signIn('wrong')).rejects.toMatchObject({ status: 401 })
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ status: 429 })
    // The one try of another address, once the account had its ten.
    turns = 0
    await expect(signIn(PASSWORD, 'elsewhere')).rejects.toMatchObject({ status: 503 })
    turns = 1
    await signIn(PASSWORD, 'elsewhere')
  })
})

describe('tokens', () => {
  test('are refreshed for a day, and each access token lasts ten minutes', async () => {
    const person = await aPerson()
    const { refresh, access } = await signInAs(person.email)
    await t.advance(601)
    await expect(bearer(access)).rejects.toMatchObject({
      status: 401,
      message: 'Given token not valid for any token type',
      beside: {
        code: 'token_not_valid',
        messages: [
          { token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' },
        ],
      },
    })
    const fresh = await refreshAccessToken(t.services, { refresh })
    expect(await bearer(fresh.access)).toMatchObject({ userId: person.id })
    await t.advance(86_400)
    await expect(refreshAccessToken(t.services, { refresh })).rejects.toMatchObject(BAD_TOKEN)
  })

  test('are verified, of either kind', async () => {
    const { refresh, access } = await signInAs((await aPerson()).email)
    await verifyToken(t.services, { token: access })
    await verifyToken(t.services, { token: refresh })
    await expect(verifyToken(t.services, { token: `${access}x` })).rejects.toMatchObject(BAD_TOKEN)
  })

  test('that are null are 401, as Gencove’s client needs it to name the key; those not there are 400', async () => {
    await expect(refreshAccessToken(t.services, { refresh: null })).rejects.toMatchObject({ status: 401 })
    await expect(verifyToken(t.services, {})).rejects.toMatchObject({
      status: 400,
      fields: { token: ['This field is required.'] },
    })
  })

  test('of one kind are not accepted as the other, nor as a key', async () => {
    const { refresh, access } = await signInAs((await aPerson()).email)
    await expect(bearer(refresh)).rejects.toMatchObject({ status: 401 })
    await expect(refreshAccessToken(t.services, { refresh: access })).rejects.toMatchObject(BAD_TOKEN)
    const asKey = authenticate(t.services, { authorization: `Api-Key ${access}`, address: '' })
    await expect(asKey).rejects.toMatchObject({ status: 401 })
  })

  test('and keys of a disabled person stop working with the next request', async () => {
    const person = await aPerson()
    const { refresh, access } = await signInAs(person.email)
    const { key } = await issueApiKey(t.services, await bearer(access), { name: 'theirs' })
    const withKey = () => authenticate(t.services, { authorization: `Api-Key ${key}`, address: '' })
    expect(await withKey()).toMatchObject({ userId: person.id })

    await disableUser(t.services, person.email)
    await expect(bearer(access)).rejects.toMatchObject({ status: 401 })
    await expect(refreshAccessToken(t.services, { refresh })).rejects.toMatchObject(BAD_TOKEN)
    await expect(withKey()).rejects.toMatchObject({ status: 401 })
    await expect(disableUser(t.services, person.email)).rejects.toMatchObject({ status: 404 })
  })
})

describe('a role in one project', () => {
  test('adds to that of the organisation, in that project alone', async () => {
    const [mine, other] = [await t.aProject(), await t.aProject()]
    const person = await aPerson({ role: 'viewer', projectRoles: [{ projectId: mine.id, role: 'analyst' }] })
    const caller = await callerOf(person)

    const looking = demandRight(caller, 'sample_read')
    expect([seesProject(looking, mine.id), seesProject(looking, other.id)]).toEqual([true, true])
    const uploading = demandRight(caller, 'upload_create')
    expect((await findUploadProject(t.services, uploading, mine.id)).id).toBe(mine.id)
    await expect(findUploadProject(t.services, uploading, other.id)).rejects.toMatchObject({ status: 400 })
    await expect(findVisibleProject(t.services, uploading, other.id)).rejects.toMatchObject({ status: 404 })
    expect(() => demandRight(caller, 'project_write')).toThrow(expect.objectContaining({ status: 403 }))
  })

  test('takes nothing away', async () => {
    const project = await t.aProject()
    const projectRoles = [{ projectId: project.id, role: 'viewer' as const }]
    const caller = await callerOf(await aPerson({ role: 'manager', projectRoles }))
    expect(seesProject(demandRight(caller, 'project_write'), project.id)).toBe(true)
  })

  test('is all that a person without another role sees', async () => {
    const [mine, other] = [await t.aProject(), await t.aProject()]
    const projectRoles = [{ projectId: mine.id, role: 'owner' as const }]
    const caller = await callerOf(await aPerson({ role: null, projectRoles }))
    expect([seesProject(caller, mine.id), seesProject(caller, other.id)]).toEqual([true, false])
    // Nor do they reach the default project of the installation by naming none.
    await expect(
      findUploadProject(t.services, demandRight(caller, 'upload_create'), null),
    ).rejects.toMatchObject({ status: 400 })
  })

  test('is enough for a key in that project, and for none beyond it', async () => {
    const [mine, other] = [await t.aProject(), await t.aProject()]
    const projectRoles = [{ projectId: mine.id, role: 'analyst' as const }]
    const caller = await callerOf(await aPerson({ role: 'viewer', projectRoles }))
    const issue = (fields: object) => issueApiKey(t.services, caller, { name: 'key', ...fields })
    expect((await issue({ project_id: mine.id, role: 'uploader' })).row.role).toBe('uploader')
    expect((await issue({ project_id: mine.id })).row.role).toBe('analyst')
    await expect(issue({ project_id: other.id, role: 'uploader' })).rejects.toMatchObject({ status: 403 })
    await expect(issue({ role: 'analyst' })).rejects.toMatchObject({ status: 403 })
    expect((await issue({})).row.role).toBe('viewer')
  })
})
