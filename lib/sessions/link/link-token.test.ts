import fc from 'fast-check'
import { base64url, type CompactJWSHeaderParameters, CompactSign, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Secrets } from '#lib/platform/secrets.ts'
import { LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '../limits.ts'
import { generateJti, readLinkToken, signLinkToken } from './link-token.ts'

const KEY = crypto.getRandomValues(new Uint8Array(32))
const OLDER_KEY = crypto.getRandomValues(new Uint8Array(32))
const secretsOf = (...keys: [kid: string, key: Uint8Array][]): Secrets => ({
  keysFor: (purpose) => (purpose === 'link-token' ? keys.map(([kid, key]) => ({ kid, key })) : []),
})
const secrets = secretsOf(['k1', KEY])

const link = {
  sampleId: '7e6c3f0e-6f43-4f6e-9f5f-3b1f7f1f2a10',
  jti: 'AAECAwQFBgcICQoLDA0ODw',
  iat: 1_790_000_000,
  exp: 1_790_000_600,
}
const token = signLinkToken(secrets, link)
const header = { alg: 'HS256', typ: 'upload+jwt', kid: 'k1' }
const claims = {
  iss: 'arraydrop',
  aud: 'array-data-upload',
  sub: link.sampleId,
  jti: link.jti,
  iat: link.iat,
  exp: link.exp,
}

/** What somebody with our key, or a faulty version of us, could sign: the text of the claims is not checked. */
function signed(payload: object | string, key = KEY, protectedHeader: CompactJWSHeaderParameters = header) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader(protectedHeader).sign(key)
}

/** Signed as HS256 whatever the header says, which no library would do. */
async function signedWithHeader(text: string, key = KEY): Promise<string> {
  const input = `${base64url.encode(text)}.${base64url.encode(JSON.stringify(claims))}`
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(input))
  return `${input}.${base64url.encode(new Uint8Array(signature))}`
}

const read = (text: string) => readLinkToken(secrets, text)

describe('a link token', () => {
  test('that we signed is read as it was signed', async () => {
    expect(await read(token)).toEqual(link)
    expect(signLinkToken(secrets, link)).toBe(token)
    // The hand-made ones of this file are good, too, as long as nothing is wrong with them.
    expect(await read(await signed(claims))).toEqual(link)
    expect(await read(await signedWithHeader(JSON.stringify(header)))).toEqual(link)
  })

  test('holds nothing but ids and times', () => {
    expect(JSON.parse(atob(token.split('.')[1]!))).toEqual(claims)
  })

  test('of an earlier secret is still read, and new ones are signed with the newest', async () => {
    const rotated = secretsOf(['k2', crypto.getRandomValues(new Uint8Array(32))], ['k1', KEY])
    expect(await readLinkToken(rotated, token)).toEqual(link)
    const fresh = signLinkToken(rotated, link)
    expect(await read(fresh)).toBeUndefined()
    expect(await readLinkToken(rotated, fresh)).toEqual(link)
  })

  test('of a secret that is gone is refused', async () => {
    expect(await readLinkToken(secretsOf(['k0', OLDER_KEY]), token)).toBeUndefined()
    expect(await readLinkToken(secretsOf(), token)).toBeUndefined()
  })

  test('with any single character changed is refused', async () => {
    const at = fc.integer({ min: 0, max: token.length - 1 })
    const character = fc.oneof(
      fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
      fc.constantFrom('.', '=', '+', '/', ' ', '\n', '\0', '%', 'é'),
    )
    await fc.assert(
      fc.asyncProperty(at, character, async (index, other) => {
        fc.pre(token[index] !== other)
        expect(await read(token.slice(0, index) + other + token.slice(index + 1))).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('cut off or lengthened anywhere is refused', async () => {
    const at = fc.integer({ min: 0, max: token.length - 1 })
    await fc.assert(
      fc.asyncProperty(at, fc.constantFrom('', 'A', '=', '.', ' '), async (index, put) => {
        // A cut whose last character is put back is the token itself.
        const cut = token.slice(0, index) + put
        if (cut !== token) expect(await read(cut)).toBeUndefined()
        if (put !== '') expect(await read(token.slice(0, index) + put + token.slice(index))).toBeUndefined()
      }),
    )
  })

  test('that is not a string of ours at all is refused, never thrown at', async () => {
    for (const text of ['', '.', '..', 'a.b.c', `${token}.x`, 'null', '€'.repeat(300)]) {
      expect(await read(text)).toBeUndefined()
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (text) => {
        expect(await read(text)).toBeUndefined()
      }),
    )
  })

  test('longer than any of ours is refused before it is looked at', async () => {
    const long = await signed({ ...claims, iss: 'a'.repeat(1_000) })
    expect(long.length).toBeGreaterThan(1_024)
    expect(await read(long)).toBeUndefined()
  })

  test('has one spelling: unused bits of a last character must be zero', async () => {
    const [head, body, signature] = token.split('.') as [string, string, string]
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // 32 bytes leave two bits over, so the next character of the alphabet decodes to the same signature.
    const twin = signature.slice(0, -1) + alphabet[alphabet.indexOf(signature.at(-1)!) + 1]
    expect(base64url.decode(twin)).toEqual(base64url.decode(signature))
    expect(await read(`${head}.${body}.${twin}`)).toBeUndefined()
    expect(await read(`${head}.${body}.${signature}=`)).toBeUndefined()
    expect(await read(` ${token}`)).toBeUndefined()
    expect(await read(`${token}\n`)).toBeUndefined()
  })
})

describe('a forged token is refused', () => {
  test('signed with another key', async () => {
    expect(await read(await signed(claims, OLDER_KEY))).toBeUndefined()
    expect(await read(await signed(claims, new Uint8Array(32)))).toBeUndefined()
  })

  test('unsigned, in every spelling', async () => {
    const none = new UnsecuredJWT(claims).encode()
    expect(await read(none)).toBeUndefined()
    expect(await read(`${none}${'A'.repeat(43)}`)).toBeUndefined()
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null]) {
      expect(await read(await signedWithHeader(JSON.stringify({ ...header, alg })))).toBeUndefined()
    }
  })

  test('with another algorithm, or labelled as one', async () => {
    for (const alg of ['HS384', 'HS512']) {
      const long = await new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(new Uint8Array(64))
      expect(await read(long)).toBeUndefined()
    }
    for (const alg of ['HS384', 'HS512', 'RS256', 'ES256', 'EdDSA', 'hs256', 'HS256 ', 'dir']) {
      expect(await read(await signedWithHeader(JSON.stringify({ ...header, alg })))).toBeUndefined()
    }
  })

  test.each([
    ['jwk', { kty: 'oct', k: base64url.encode(OLDER_KEY) }],
    ['jku', 'https://evil.example/keys'],
    ['x5u', 'https://evil.example/cert'],
    ['x5c', ['MIIB']],
    ['crit', ['b64']],
    ['b64', true],
    ['b64', false],
    ['cty', 'JWT'],
    ['zip', 'DEF'],
    ['p2c', 2 ** 31],
  ])('with the header key %s, also under our own signature', async (name, value) => {
    expect(await read(await signedWithHeader(JSON.stringify({ ...header, [name]: value })))).toBeUndefined()
  })

  test('without a header key that belongs there, or with another type or key id', async () => {
    for (const missing of ['alg', 'typ', 'kid']) {
      const others = Object.entries(header).filter(([name]) => name !== missing)
      expect(await read(await signedWithHeader(JSON.stringify(Object.fromEntries(others))))).toBeUndefined()
    }
    const kids = ['k2', '', '../k1', "k1' or 1=1", 'k1\0', 'k'.repeat(65), 1, null, ['k1'], { k: 1 }]
    for (const kid of kids) {
      expect(await read(await signedWithHeader(JSON.stringify({ ...header, kid })))).toBeUndefined()
    }
    for (const typ of ['JWT', 'upload+JWT', 'at+jwt', null]) {
      expect(await read(await signedWithHeader(JSON.stringify({ ...header, typ })))).toBeUndefined()
    }
  })

  test('with a header that is no object', async () => {
    for (const text of ['', '{', '[]', 'null', '"HS256"', '1', '\ufeff{}']) {
      expect(await read(await signedWithHeader(text))).toBeUndefined()
    }
  })
})

describe('claims that jose would let through are refused', () => {
  test.each<[name: string, value: unknown]>([
    ['iss', 'somebody-else'],
    ['iss', ['arraydrop']],
    ['aud', 'array-data'],
    ['aud', ['array-data-upload']],
    ['aud', ['array-data-upload', 'x']],
    ['sub', null],
    ['sub', ''],
    ['sub', 1],
    ['sub', { id: link.sampleId }],
    ['sub', [link.sampleId]],
    ['sub', `${link.sampleId}\0`],
    ['sub', 'not-a-uuid'],
    ['jti', null],
    ['jti', ''],
    ['jti', { $ne: '' }],
    ['jti', [link.jti]],
    ['jti', `${link.jti}A`],
    ['jti', 'AAECAwQFBgcICQoLDA0OD\0'],
    ['iat', String(link.iat)],
    ['iat', link.iat + 0.5],
    ['iat', -1],
    ['iat', null],
    ['exp', String(link.exp)],
    ['exp', link.exp * 1_000],
    ['exp', link.exp + 0.5],
    ['exp', null],
    ['exp', [link.exp]],
    ['nbf', link.iat],
    ['admin', true],
  ])('%s: %j', async (name, value) => {
    expect(await read(await signed({ ...claims, [name]: value }))).toBeUndefined()
  })

  test('numbers that are none: 1e999', async () => {
    const text = JSON.stringify(claims)
    expect(await read(await signed(text.replace(`"exp":${link.exp}`, '"exp":1e999')))).toBeUndefined()
    expect(await read(await signed(text.replace(`"iat":${link.iat}`, '"iat":-1e999')))).toBeUndefined()
  })

  test.each(Object.keys(claims))('without %s', async (name) => {
    const others = Object.entries(claims).filter(([other]) => other !== name)
    expect(await read(await signed(Object.fromEntries(others)))).toBeUndefined()
  })

  test('a window outside the documented bounds', async () => {
    const lasting = async (seconds: number) => read(await signed({ ...claims, exp: link.iat + seconds }))
    expect(await lasting(LINK_SECONDS_MIN - 1)).toBeUndefined()
    expect(await lasting(LINK_SECONDS_MIN)).toMatchObject({ exp: link.iat + LINK_SECONDS_MIN })
    expect(await lasting(LINK_SECONDS_MAX)).toMatchObject({ exp: link.iat + LINK_SECONDS_MAX })
    expect(await lasting(LINK_SECONDS_MAX + 1)).toBeUndefined()
    expect(await lasting(0)).toBeUndefined()
    expect(await lasting(-600)).toBeUndefined()
  })

  test('a payload that is no JSON object', async () => {
    for (const text of ['', '[]', 'null', '"x"', '{', '1']) {
      expect(await read(await signed(text))).toBeUndefined()
    }
  })
})

test('A minting has an id of its own, with 128 random bits', () => {
  const ids = Array.from({ length: 200 }, generateJti)
  expect(new Set(ids).size).toBe(200)
  for (const id of ids) expect(base64url.decode(id)).toHaveLength(16)
})
