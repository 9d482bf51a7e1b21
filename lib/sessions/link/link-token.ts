import { compactVerify } from 'jose'
import { z } from 'zod'
import type { Secrets } from '#lib/platform/secrets.ts'
import { fromBase64url, toBase64url } from '#lib/sealing/base64.ts'
import { signText } from '#lib/sealing/digest.ts'
import { LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '../limits.ts'

/** What a link token says: which sample, which minting, and until when the link may be opened. Nothing personal. */
export interface LinkToken {
  sampleId: string
  jti: string
  /** Seconds since 1970; `exp - iat` is between 60 and 3600. */
  iat: number
  exp: number
}

const ALGORITHM = 'HS256'
const TYPE = 'upload+jwt'
const ISSUER = 'arraydrop'
const AUDIENCE = 'array-data-upload'
const CHARACTERS_MAX = 1_024

/** Three parts of canonical base64url alphabet: jose itself forgives blanks and padding (RFC 7515 2 does not). */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/

const Header = z.strictObject({
  alg: z.literal(ALGORITHM),
  typ: z.literal(TYPE),
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
})

/** jose leaves the types of claims to its caller: `exp: 1e999` and `sub: null` would pass it. */
const Claims = z
  .strictObject({
    iss: z.literal(ISSUER),
    aud: z.literal(AUDIENCE),
    sub: z.uuid(),
    jti: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
    iat: z.int().min(0),
    exp: z.int().min(0),
  })
  .refine(({ iat, exp }) => exp - iat >= LINK_SECONDS_MIN && exp - iat <= LINK_SECONDS_MAX)

/** A fresh `jti` with 128 random bits, as 22 base64url characters. */
export function generateJti(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)))
}

/**
 * Sign a link token (RFC 7515 3.1) with the newest key. The same input under the same key gives the same token.
 */
export function signLinkToken(secrets: Secrets, { sampleId, jti, iat, exp }: LinkToken): string {
  const { kid, key } = secrets.keysFor('link-token')[0]!
  const claims: z.input<typeof Claims> = { iss: ISSUER, aud: AUDIENCE, sub: sampleId, jti, iat, exp }
  const header: z.input<typeof Header> = { alg: ALGORITHM, typ: TYPE, kid }
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${signText('sha256', key, signed).toString('base64url')}`
}

/**
 * The claims of a token that we signed; undefined for everything else, whatever is wrong with it. Time is not looked
 * at: the session row decides about windows. Header keys (`jwk`, `jku`, `x5u`) are never followed: RFC 8725 3.1, 3.10.
 */
export async function readLinkToken(secrets: Secrets, token: string): Promise<LinkToken | undefined> {
  if (token.length > CHARACTERS_MAX || !COMPACT.test(token)) return undefined
  try {
    const header = Header.parse(JSON.parse(decode(token.slice(0, token.indexOf('.')))))
    const key = secrets.keysFor('link-token').find(({ kid }) => kid === header.kid)?.key
    if (!key) return undefined
    const { payload } = await compactVerify(token, key, { algorithms: [ALGORITHM] })
    if (!isCanonical(token)) return undefined
    const { sub, jti, iat, exp } = Claims.parse(JSON.parse(new TextDecoder().decode(payload)))
    return { sampleId: sub, jti, iat, exp }
  } catch {
    return undefined
  }
}

/** One token has one spelling: unused bits of the last character of each part must be zero. */
const isCanonical = (token: string) =>
  token.split('.').every((part) => toBase64url(fromBase64url(part)) === part)

const decode = (part: string) => new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(part))
