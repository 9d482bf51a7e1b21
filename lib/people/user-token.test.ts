import { base64url, SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Secrets } from '#lib/platform/secrets.ts'
import { readUserToken, signUserToken, TOKEN_SECONDS } from './user-token.ts'

const keyOf = (byte: number) => new Uint8Array(32).fill(byte)
const secretsOf = (...keys: [kid: string, byte: number][]): Secrets => ({
  keysFor: (purpose) => (purpose === 'session' ? keys.map(([kid, byte]) => ({ kid, key: keyOf(byte) })) : []),
})
const secrets = secretsOf(['k1', 1])
const NOW = new Date('2030-01-01T12:00:00Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const user = { userId: '0b2d7502-2c6e-4c2a-9f9b-0c8f3e7a1d11', generation: 3 }
const sign = (kind: 'access' | 'refresh' = 'access') => signUserToken(secrets, kind, user, NOW)
const read = (token: string, kind: 'access' | 'refresh' = 'access') =>
  readUserToken(secrets, kind, token, NOW)

/** A token of our own making, but for what is given. */
function forge({ header = {}, claims = {}, key = keyOf(1) } = {}): Promise<string> {
  const iat = NOW.getTime() / 1_000
  const good = { iss: 'arraydrop', aud: 'partner-api', sub: user.userId, gen: 3, jti: user.userId, iat }
  return new SignJWT({ ...good, exp: iat + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'user-access+jwt', kid: 'k1', ...header })
    .sign(key)
}

test('A token names its person until the second it expires', async () => {
  for (const kind of ['access', 'refresh'] as const) {
    const token = await sign(kind)
    const at = (seconds: number) => readUserToken(secrets, kind, token, later(seconds))
    expect(await at(0)).toEqual(user)
    expect(await at(TOKEN_SECONDS[kind] - 1)).toEqual(user)
    expect(await at(TOKEN_SECONDS[kind])).toBeUndefined()
  }
})

test('A refresh token authenticates no request, and an access token refreshes nothing', async () => {
  expect(await read(await sign('refresh'), 'access')).toBeUndefined()
  expect(await read(await sign('access'), 'refresh')).toBeUndefined()
})

test('After a rotation the new key signs, and tokens of the old one stay valid', async () => {
  const rotated = secretsOf(['k2', 2], ['k1', 1])
  expect(await readUserToken(rotated, 'access', await sign(), NOW)).toEqual(user)
  const fresh = await signUserToken(rotated, 'access', user, NOW)
  expect(await readUserToken(rotated, 'access', fresh, NOW)).toEqual(user)
  expect(await read(fresh)).toBeUndefined()
})

test('The forged tokens are valid apart from their one fault', async () => {
  expect(await read(await forge())).toEqual(user)
})

test.each([
  ['another key', { key: keyOf(9) }],
  ['an unknown key id', { header: { kid: 'k9' } }],
  ['the type of a link', { header: { typ: 'upload+jwt' } }],
  ['the type of any token', { header: { typ: 'JWT' } }],
  ['another algorithm', { header: { alg: 'HS512' } }],
  ['a key of its own', { header: { jwk: { kty: 'oct', k: 'AQ' } } }],
  ['an address to fetch keys from', { header: { jku: 'https://keys.example' } }],
  ['another issuer', { claims: { iss: 'somebody' } }],
  ['another audience', { claims: { aud: 'array-data-upload' } }],
  ['two audiences', { claims: { aud: ['partner-api', 'x'] } }],
  ['nobody', { claims: { sub: null } }],
  ['an object for somebody', { claims: { sub: {} } }],
  ['no end', { claims: { exp: undefined } }],
  ['a text for its end', { claims: { exp: '9999999999' } }],
  ['a broken generation', { claims: { gen: 1.5 } }],
  ['a claim too many', { claims: { role: 'owner' } }],
])('A token with %s is worth nothing', async (_what, forged) => {
  const token = await forge(forged as Parameters<typeof forge>[0]).catch(() => 'not even made')
  expect(await read(token)).toBeUndefined()
})

test('Neither an unsigned token nor another spelling of a good one counts', async () => {
  const token = await sign()
  const [head, claims, mac] = token.split('.') as [string, string, string]
  const spelled = mac.slice(0, -1) + String.fromCharCode(mac.charCodeAt(42) + 1)
  expect(base64url.decode(spelled)).toHaveLength(32)
  for (const other of [
    new UnsecuredJWT({ sub: user.userId }).encode(),
    `${head}.${claims}.`,
    `${head}.${claims}.${spelled}`,
    `${token}=`,
    `${token}\n`,
    ` ${token}`,
    '',
    'x'.repeat(5_000),
  ]) {
    expect(await read(other)).toBeUndefined()
  }
})
