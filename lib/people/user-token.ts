import { base64url, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Secrets } from '#lib/platform/secrets.ts'

/** An access token acts; a refresh token only gets new access tokens. */
export type TokenKind = 'access' | 'refresh'

/** Seconds that a token lasts. A person works for a day without the password. */
export const TOKEN_SECONDS: Record<TokenKind, number> = { access: 600, refresh: 86_400 }

export interface UserToken {
  userId: string
  /** Increased when a person is disabled or changes the password: older tokens no longer count. */
  generation: number
}

const ALGORITHM = 'HS256'
const ISSUER = 'arraydrop'
const AUDIENCE = 'partner-api'
const CHARACTERS_MAX = 1_024
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/

const typeOf = (kind: TokenKind) => `user-${kind}+jwt`
const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.string(), kid: z.string() })

/** jose leaves the types of claims to its caller. */
const Claims = z.strictObject({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  sub: z.uuid(),
  gen: z.int().min(0),
  jti: z.uuid(),
  iat: z.int().min(0),
  exp: z.int().min(0),
})

/** Sign a token for a person, with the newest key. */
export function signUserToken(
  secrets: Secrets,
  kind: TokenKind,
  { userId, generation }: UserToken,
  now: Date,
): Promise<string> {
  const { kid, key } = secrets.keysFor('session')[0]!
  const iat = Math.floor(now.getTime() / 1_000)
  const exp = iat + TOKEN_SECONDS[kind]
  const claims: z.input<typeof Claims> = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: userId,
    gen: generation,
    jti: crypto.randomUUID(),
    iat,
    exp,
  }
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: typeOf(kind), kid }).sign(key)
}

/**
 * What a token says that we signed, that is of this kind, and whose time is not over; undefined for everything else.
 * Header keys (`jwk`, `jku`, `x5u`) are never followed.
 */
export async function readUserToken(
  secrets: Secrets,
  kind: TokenKind,
  token: string,
  now: Date,
): Promise<UserToken | undefined> {
  if (token.length > CHARACTERS_MAX || !COMPACT.test(token)) return undefined
  try {
    const header = Header.parse(decodeProtectedHeader(token))
    const key = secrets.keysFor('session').find(({ kid }) => kid === header.kid)?.key
    if (!key || !isCanonical(token)) return undefined
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: typeOf(kind),
      issuer: ISSUER,
      audience: AUDIENCE,
      currentDate: now,
    })
    const { sub, gen } = Claims.parse(payload)
    return { userId: sub, generation: gen }
  } catch {
    return undefined
  }
}

/** One token has one spelling: unused bits of the last character of each part must be zero. */
const isCanonical = (token: string) =>
  token.split('.').every((part) => base64url.encode(base64url.decode(part)) === part)
