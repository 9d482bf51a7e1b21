import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { parseRange } from './ip-range.ts'
import { signUserToken } from './user-token.ts'
import { selectUserByEmail } from './users-table.ts'
import { SignInRequest, type TokenPair } from './wire.ts'

/** Tries a minute, from one address and for one account: a password is not found by asking. */
const TRIES_A_MINUTE = 10

/**
 * Tokens for a person who knows the password. Throws 401 for a wrong one, an unknown address and somebody who left,
 * in the same words and after the same work, and 429 beyond ten tries a minute per address or account.
 */
export async function signIn(
  { db, limiter, passwords, secrets }: Services,
  fields: Record<string, unknown>,
  address: string,
): Promise<TokenPair> {
  const { email, password } = parseFields(SignInRequest, fields)
  for (const counted of [`sign-in from ${placeOf(address)}`, `sign-in as ${email}`]) {
    const wait = limiter.take(counted, TRIES_A_MINUTE, 60)
    if (wait !== undefined) throw tooMany(wait)
  }
  const user = await selectUserByEmail(db, email)
  const known = await passwords.matches(password, user?.password_hash)
  if (!user || !known || user.disabled_at) {
    throw new Problem('not_authenticated', 'No active account found with the given credentials')
  }
  const token = { userId: user.id, generation: user.token_generation }
  return {
    refresh: await signUserToken(secrets, 'refresh', token, user.now),
    access: await signUserToken(secrets, 'access', token, user.now),
  }
}

/** Whoever has one IPv6 address has all of its /64: they count as one. */
const placeOf = (address: string) =>
  address.includes(':') ? (parseRange(`${address}/64`) ?? address) : address

const tooMany = (seconds: number) =>
  new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  })
