import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/access/caller.ts'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { loadSecrets } from '#lib/platform/secrets.ts'
import { createSignIn } from '#lib/platform/sign-in/create-sign-in.ts'
import { Problem } from '#lib/problem.ts'
import { type TestServices, testServices } from '#lib/testing/test-services.ts'
import { type ListPlace, QueryPlace } from '#lib/wire/query-place.ts'
import { authenticate } from './authenticate.ts'
import { changePerson, disableUser } from './change-person.ts'
import { changePassword } from './change-profile.ts'
import {
  confirmSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
  stopSecondFactor,
} from './change-second-factor.ts'
import { CONSOLE_SESSION } from './console-session.ts'
import { createUser, type NewUser } from './create-user.ts'
import { endUserSessions, listUserSessions } from './end-user-sessions.ts'
import { issueTokens } from './issue-tokens.ts'
import { giveSecondCode, signInToConsole, signOutOfConsole } from './sign-in-to-console.ts'

const PASSWORD = 'a password of some length'
const OTHER = 'another password, longer'

const ALL = { limit: 200, offset: 0 }

let t: TestServices
let people = 0

beforeAll(async () => {
  t = await testServices()
})
beforeEach(() => t.forgetTries())
afterAll(() => t.stop())

const aPerson = (person: Partial<NewUser> = {}) =>
  createUser(t.services, {
    email: `staff-${++people}@clinic.example`,
    password: PASSWORD,
    role: 'analyst',
    ...person,
  })

/** What a browser keeps, and sends. */
class Browser {
  cookies = new Map<string, string>()
  keep(setCookies: readonly string[]) {
    for (const line of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
  }
  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
  asked(fields: Record<string, unknown>) {
    const headers = new Headers({
      'x-client-address': '198.51.100.7',
      'user-agent': 'Firefox on a test',
      cookie: this.cookie,
    })
    return { fields, headers, requestId: 'request-1' }
  }
  async signIn(email: string, password = PASSWORD) {
    const answer = await signInToConsole(t.services, this.asked({ email, password }))
    this.keep(answer.cookies)
    return answer
  }
  caller(more: object = {}): Promise<Caller> {
    const browser = {
      method: 'GET',
      cookie: this.cookie,
      fetchSite: 'same-origin',
      origin: null,
      shownTo: null,
      ...more,
    }
    return authenticate(t.services, { authorization: null, address: '', browser })
  }
}

async function signedIn(person: Partial<NewUser> = {}) {
  const user = await aPerson(person)
  const browser = new Browser()
  await browser.signIn(user.email)
  return { user, browser }
}

const OUT = { status: 401 }

describe('a session', () => {
  test('begins with the password and acts with the roles of the person', async () => {
    const { user, browser } = await signedIn({ role: 'manager' })
    expect(await browser.caller()).toMatchObject({ apiKeyId: null, userId: user.id, role: 'manager' })
  })

  test('acts for no page that is shown to another person', async () => {
    const { user, browser } = await signedIn()
    const { user: before } = await signedIn()
    expect(await browser.caller({ shownTo: user.id })).toMatchObject({ userId: user.id })
    for (const method of ['GET', 'POST', 'DELETE'])
      await expect(browser.caller({ method, shownTo: before.id })).rejects.toMatchObject({
        status: 401,
        beside: { code: 'another_person' },
      })
  })

  test('is kept in a cookie that no script reads and no other site sends along', async () => {
    const { email } = await aPerson()
    const { cookies } = await new Browser().signIn(email)
    const session = cookies.find((line) => line.startsWith('arraydrop.session_token='))!
    expect(session).toMatch(/HttpOnly/i)
    expect(session).toMatch(/SameSite=Lax/i)
    expect(session).toMatch(/Path=\//i)
  })

  test.each([
    ['a wrong password', PASSWORD.toUpperCase()],
    ['none at all', 'x'],
  ])('does not begin with %s, nor for nobody, in the same words', async (_what, password) => {
    const { email } = await aPerson()
    const words = { status: 401, message: 'The email address or the password is wrong.' }
    await expect(new Browser().signIn(email, password)).rejects.toMatchObject(words)
    await expect(new Browser().signIn('nobody@clinic.example')).rejects.toMatchObject(words)
  })

  test('cannot be guessed by endless tries', async () => {
    const { email } = await aPerson()
    const tries = Array.from({ length: 11 }, () =>
      new Browser().signIn(email, 'wrong').catch((e) => e.status),
    )
    expect((await Promise.all(tries)).filter((status) => status === 429)).toHaveLength(1)
  })

  test('does not count when its cookie was changed, or signed with another key', async () => {
    const { browser } = await signedIn()
    const [name, value] = [...browser.cookies][0]!
    for (const changed of [`${value.slice(0, -6)}AAAAA%3D`, value.split('.')[0]!, `x${value}`, '', '%']) {
      browser.cookies.set(name, changed)
      await expect(browser.caller()).rejects.toMatchObject(OUT)
    }
  })

  test('ends at once when the person is disabled, and none begins', async () => {
    const { user, browser } = await signedIn()
    await disableUser(t.services, user.email)
    await expect(browser.caller()).rejects.toMatchObject(OUT)
    await expect(browser.signIn(user.email)).rejects.toMatchObject(OUT)
  })

  test('ends when it signs out, and its cookie stops working', async () => {
    const { browser } = await signedIn()
    const before = browser.cookie
    browser.keep(await signOutOfConsole(t.services, await browser.caller(), browser.asked({}).headers))
    expect(browser.cookies.size).toBe(0)
    browser.keep([before])
    await expect(browser.caller()).rejects.toMatchObject(OUT)
  })

  test('is listed with where it is, and can be ended from elsewhere', async () => {
    const { user, browser } = await signedIn()
    const elsewhere = new Browser()
    await elsewhere.signIn(user.email)
    const caller = await browser.caller()
    const { rows: sessions } = await listUserSessions(t.services, caller, {}, ALL)
    expect(sessions).toHaveLength(2)
    expect(sessions.filter(({ current }) => current)).toEqual([
      expect.objectContaining({ ip_address: '198.51.100.7', user_agent: 'Firefox on a test' }),
    ])
    expect(JSON.stringify(sessions)).not.toContain(caller.sessionId ? browser.cookie.slice(30, 50) : '')
    expect(await endUserSessions(t.services, caller, {})).toBe(1)
    await expect(elsewhere.caller()).rejects.toMatchObject(OUT)
    expect(await browser.caller()).toMatchObject({ userId: user.id })
  })

  test('is listed page by page, from the last used to the first, each once', async () => {
    const { user, browser } = await signedIn()
    for (let n = 0; n < 4; n++) {
      await t.advance(1)
      await new Browser().signIn(user.email)
    }
    const caller = await browser.caller()
    const { rows: all } = await listUserSessions(t.services, caller, {}, ALL)
    const pages: string[][] = []
    let after: ListPlace | undefined
    do {
      const page = { limit: 2, offset: after?.offset ?? 0, ...(after ? { after } : {}) }
      const { rows, next, count } = await listUserSessions(t.services, caller, {}, page)
      expect(count).toBe(5)
      pages.push(rows.map(({ id }) => id))
      after = next === null ? undefined : QueryPlace.parse(next)
    } while (after)
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
    expect(pages.flat()).toEqual(all.map(({ id }) => id))
    await expect(
      listUserSessions(t.services, caller, {}, { limit: 2, offset: 10_001 }),
    ).rejects.toMatchObject({ status: 400 })
  })

  test('is hidden from all but an owner', async () => {
    const { user } = await signedIn()
    const { browser: curious } = await signedIn({ role: 'manager' })
    const { browser: owner } = await signedIn({ role: 'owner' })
    const query = { user: user.id }
    await expect(listUserSessions(t.services, await curious.caller(), query, ALL)).rejects.toMatchObject({
      status: 403,
    })
    expect((await listUserSessions(t.services, await owner.caller(), query, ALL)).rows).toHaveLength(1)
    expect(await endUserSessions(t.services, await owner.caller(), query)).toBe(1)
  })

  test('does not outlive a change of the password elsewhere, nor do tokens', async () => {
    const { user, browser } = await signedIn()
    const elsewhere = new Browser()
    await elsewhere.signIn(user.email)
    const { access } = await issueTokens(
      t.services,
      { email: user.email, password: PASSWORD },
      { address: '', requestId: 'request-1' },
    )
    const change = (current: string) =>
      browser
        .caller()
        .then((caller) =>
          changePassword(t.services, caller, { current_password: current, new_password: OTHER }),
        )
    await expect(change('wrong')).rejects.toMatchObject({ status: 400 })
    await change(PASSWORD)
    expect(await browser.caller()).toMatchObject({ userId: user.id })
    await expect(elsewhere.caller()).rejects.toMatchObject(OUT)
    await expect(
      authenticate(t.services, { authorization: `Bearer ${access}`, address: '' }),
    ).rejects.toMatchObject(OUT)
    await expect(browser.signIn(user.email)).rejects.toMatchObject(OUT)
    await browser.signIn(user.email, OTHER)
  })
})

describe('a change', () => {
  test.each([
    [{ fetchSite: 'cross-site' }],
    [{ fetchSite: 'same-site' }],
    [{ fetchSite: 'none' }],
    [{ fetchSite: null, origin: 'https://evil.example' }],
    [{ fetchSite: null, origin: null }],
    [{ fetchSite: 'cross-site', origin: 'http://localhost:3000' }],
  ])('that a page of another site asks for is refused: %j', async (sent) => {
    const { browser } = await signedIn()
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
      await expect(browser.caller({ method, ...sent })).rejects.toMatchObject({ status: 403 })
    }
    expect(await browser.caller(sent)).toMatchObject({ role: 'analyst' })
  })

  test('that our own page requests is allowed, from browsers with and without Sec-Fetch-Site', async () => {
    const { browser } = await signedIn()
    const { publicUrl } = t.services.env
    await browser.caller({ method: 'POST' })
    await browser.caller({ method: 'POST', fetchSite: null, origin: publicUrl })
  })

  test('by an API key needs no page: no browser adds it by itself', async () => {
    const { key } = await t.aKey()
    const { browser } = await signedIn()
    const sent = {
      method: 'POST',
      cookie: browser.cookie,
      fetchSite: 'cross-site',
      origin: 'https://evil.example',
      shownTo: null,
    }
    const known = await authenticate(t.services, {
      authorization: `Api-Key ${key}`,
      address: '',
      browser: sent,
    })
    expect(known.apiKeyId).not.toBeNull()
  })
})

/** RFC 6238, as an authenticator app computes it from the address in the picture. */
function appCode(address: string, around = 0): string {
  const secret = new URL(address).searchParams.get('secret')!
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + around))
  const digest = createHmac('sha1', key).update(counter).digest()
  const number = digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

describe('a second factor', () => {
  async function withSecondFactor() {
    const { user, browser } = await signedIn()
    const caller = await browser.caller()
    const started = await startSecondFactor(t.services, caller, browser.asked({ password: PASSWORD }))
    browser.keep(started.cookies)
    const { address, recoveryCodes } = started.body
    const code = appCode(address, -1)
    browser.keep(await confirmSecondFactor(t.services, caller, browser.asked({ code })))
    return { user, browser, address, recoveryCodes, code }
  }
  const give = async (browser: Browser, code: string) => {
    const answer = await giveSecondCode(t.services, browser.asked({ code }))
    browser.keep(answer.cookies)
    return browser.caller()
  }

  test('is asked for once its first code was given, and the password alone no longer signs in', async () => {
    const { user, browser, address } = await withSecondFactor()
    expect(await browser.caller()).toMatchObject({ userId: user.id })
    const fresh = new Browser()
    expect(await fresh.signIn(user.email)).toMatchObject({ secondFactor: true })
    await expect(fresh.caller()).rejects.toMatchObject(OUT)
    await expect(give(fresh, '000 000')).rejects.toMatchObject(OUT)
    expect(await give(fresh, appCode(address))).toMatchObject({ userId: user.id })
  })

  test('leaves the right password in the audit trail when no code follows it, at both doors', async () => {
    const { user } = await withSecondFactor()
    await new Browser().signIn(user.email)
    const tokens = issueTokens(
      t.services,
      { email: user.email, password: PASSWORD },
      { address: '198.51.100.9', requestId: 'request-1' },
    )
    await expect(tokens).rejects.toMatchObject({ status: 400 })
    await chainAudit(t.services)
    const given = await t.services.db
      .selectFrom('audit_entry')
      .select(['action', 'address'])
      .where('actor_id', '=', user.id)
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()
    expect(given).toEqual([
      { action: 'user.password_given', address: '198.51.100.9' },
      { action: 'user.password_given', address: '198.51.100.7' },
    ])
  })

  test('counts each code once', async () => {
    const { user, address } = await withSecondFactor()
    const [first, second] = [new Browser(), new Browser()]
    await first.signIn(user.email)
    await second.signIn(user.email)
    const code = appCode(address)
    await give(first, code)
    await expect(give(second, code)).rejects.toMatchObject(OUT)
    await expect(second.caller()).rejects.toMatchObject(OUT)
  })

  test('is not asked for any more once the password that began the step was changed', async () => {
    const { user, browser, address } = await withSecondFactor()
    const begun = new Browser()
    await begun.signIn(user.email)
    const passwords = { current_password: PASSWORD, new_password: OTHER }
    await changePassword(t.services, await browser.caller(), passwords)
    await expect(give(begun, appCode(address))).rejects.toMatchObject({ status: 410 })
    await expect(begun.caller()).rejects.toMatchObject(OUT)
  })

  test('does not count the code again that switched it on', async () => {
    const { user, code } = await withSecondFactor()
    const fresh = new Browser()
    await fresh.signIn(user.email)
    await expect(give(fresh, code)).rejects.toMatchObject(OUT)
    await expect(fresh.caller()).rejects.toMatchObject(OUT)
    const tokens = issueTokens(
      t.services,
      { email: user.email, password: PASSWORD, otp_token: code },
      { address: '', requestId: 'request-1' },
    )
    await expect(tokens).rejects.toMatchObject({ status: 400 })
  })

  test('can be stood in for by each recovery code once', async () => {
    const { user, browser, recoveryCodes } = await withSecondFactor()
    expect(recoveryCodes).toHaveLength(10)
    const fresh = new Browser()
    await fresh.signIn(user.email)
    await give(fresh, recoveryCodes[0]!)
    const again = new Browser()
    await again.signIn(user.email)
    await expect(give(again, recoveryCodes[0]!)).rejects.toMatchObject(OUT)
    const caller = await browser.caller()
    const renewed = await renewRecoveryCodes(t.services, caller, browser.asked({ password: PASSWORD }))
    await expect(give(again, recoveryCodes[1]!)).rejects.toMatchObject(OUT)
    await give(again, renewed[0]!)
  })

  test('is also required without a browser', async () => {
    const { user, address } = await withSecondFactor()
    const ask = (otp_token?: string) =>
      issueTokens(
        t.services,
        { email: user.email, password: PASSWORD, otp_token },
        { address: '', requestId: 'request-1' },
      )
    await expect(ask()).rejects.toMatchObject({ status: 400, fields: { otp_token: expect.anything() } })
    await expect(ask('000000')).rejects.toMatchObject({ status: 400 })
    // As many characters as a code has, and more bytes.
    await expect(ask('１２３４５６')).rejects.toMatchObject({ status: 400 })
    const code = appCode(address)
    expect(await ask(code)).toMatchObject({ access: expect.any(String) })
    await expect(ask(code)).rejects.toMatchObject({ status: 400 })
  })

  test('is not started or stopped without the password', async () => {
    const { browser } = await signedIn()
    const caller = await browser.caller()
    const wrong = browser.asked({ password: 'wrong' })
    const refused = { status: 400, fields: { password: expect.anything() } }
    await expect(startSecondFactor(t.services, caller, wrong)).rejects.toMatchObject(refused)
    const on = await withSecondFactor()
    await expect(
      stopSecondFactor(t.services, await on.browser.caller(), on.browser.asked({ password: 'wrong' })),
    ).rejects.toMatchObject(refused)
    await chainAudit(t.services)
    const { action } = await t.services.db
      .selectFrom('audit_entry')
      .select('action')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(action).toBe('user.sign_in_refused')
    on.browser.keep(
      await stopSecondFactor(t.services, await on.browser.caller(), on.browser.asked({ password: PASSWORD })),
    )
    expect(await new Browser().signIn(on.user.email)).toMatchObject({ secondFactor: false })
  })

  test('that was lost is removed by an owner', async () => {
    const { user } = await withSecondFactor()
    const { browser: owner } = await signedIn({ role: 'owner' })
    await changePerson(t.services, await owner.caller(), user.id, { second_factor: false })
    expect(await new Browser().signIn(user.email)).toMatchObject({ secondFactor: false })
  })

  test('outlives a rotation of the secret, and once resealed the old secret too', async () => {
    const { user, address, recoveryCodes } = await withSecondFactor()
    const { db, env, clock, passwords, log } = t.services
    const fresh = 'n'.repeat(40)
    const underSecrets = async (appSecret: string) => {
      const secrets = await loadSecrets({ ...env, appSecret })
      return createSignIn({ db, clock, passwords, secrets, log, env, session: CONSOLE_SESSION })
    }
    const rotated = await underSecrets(`${fresh},${env.appSecret}`)
    expect(await rotated.matchesCode(user.id, appCode(address))).toBe(true)
    expect(await rotated.reseal()).toBeGreaterThan(0)
    expect(await rotated.reseal()).toBe(0)
    const later = await underSecrets(fresh)
    expect(await later.matchesCode(user.id, appCode(address, 1))).toBe(true)
    // Back, for the tests that follow.
    expect(await (await underSecrets(`${env.appSecret},${fresh}`)).reseal()).toBeGreaterThan(0)
    const again = new Browser()
    await again.signIn(user.email)
    expect(await give(again, recoveryCodes[0]!)).toMatchObject({ userId: user.id })
  })

  test('is stored so that the database alone gives no code', async () => {
    const { user, address, recoveryCodes } = await withSecondFactor()
    const row = await t.services.db
      .selectFrom('user_second_factor')
      .selectAll()
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow()
    const text = JSON.stringify(row)
    expect(text).not.toContain(new URL(address).searchParams.get('secret')!)
    for (const code of recoveryCodes) expect(text).not.toContain(code)
  })
})

// Last: time does not come back.
test('A session ends a day after its last request, and lasts while there are requests', async () => {
  const { user, browser } = await signedIn()
  for (let day = 0; day < 3; day++) {
    await t.advance(80_000)
    expect(await browser.caller()).toMatchObject({ userId: user.id })
  }
  await t.advance(86_401)
  await expect(browser.caller()).rejects.toMatchObject(OUT)
})

test('A session ends after a month, however busy', async () => {
  const { browser } = await signedIn()
  for (let day = 0; day < 32; day++) {
    await t.advance(80_000)
    await browser.caller()
  }
  await t.advance(80_000)
  await expect(browser.caller()).rejects.toMatchObject(OUT)
})

test('Without a turn to hash a password it is 503 by every way, and costs no try', async () => {
  const { browser } = await signedIn()
  const { email } = await aPerson()
  const { db, env, clock, secrets, log } = t.services
  const busy = new Problem('unavailable', 'Too many people are signing in.', { retryAfterSeconds: 5 })
  const passwords = { ...t.services.passwords, matches: () => Promise.reject(busy) }
  const signIn = createSignIn({ db, clock, passwords, secrets, log, env, session: CONSOLE_SESSION })
  const services = { ...t.services, passwords, signIn }
  const caller = await browser.caller()
  for (let n = 0; n < 12; n++) {
    const refused = { status: 503, retryAfterSeconds: 5 }
    const asked = new Browser().asked({ email, password: PASSWORD })
    await expect(signInToConsole(services, asked)).rejects.toMatchObject(refused)
    const own = browser.asked({ password: PASSWORD })
    await expect(startSecondFactor(services, caller, own)).rejects.toMatchObject(refused)
  }
  await new Browser().signIn(email)
})
