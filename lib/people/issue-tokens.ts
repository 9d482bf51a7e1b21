import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { countSignIn, countTry } from './throttle-sign-in.ts'
import { SignInRequest, type TokenPair } from './token-wire.ts'
import { signUserToken } from './user-token.ts'
import { selectUserByEmail } from './users-table.ts'

const CODE_WANTED = 'This account signs in with a code of its authenticator app, too.'
const CODE_WRONG = 'This code is wrong, was used already, or its time is over.'

/**
 * Tokens for a person who knows the password. Throws 401 for a wrong one, an unknown address and somebody who left,
 * in the same words and after the same work, and 429 beyond ten tries a minute per address or account. Somebody with a
 * second factor gives a code of it as `otp_token`, or gets 400 for that field.
 */
export async function signIn(
  { db, limiter, passwords, secrets, signIn: sessions }: Services,
  fields: Record<string, unknown>,
  address: string,
): Promise<TokenPair> {
  const { email, password, otp_token: code } = parseFields(SignInRequest, fields)
  countSignIn(limiter, address, email)
  const user = await selectUserByEmail(db, email)
  const known = await passwords.matches(password, user?.password_hash)
  if (!user || !known || user.disabled_at) {
    throw new Problem('not_authenticated', 'No active account found with the given credentials')
  }
  if (user.second_factor) {
    if (!code) throw new Problem('invalid', CODE_WANTED, { fields: { otp_token: [CODE_WANTED] } })
    countTry(limiter, `code of ${user.id}`)
    if (!(await sessions.matchesCode(user.id, code))) {
      throw new Problem('invalid', CODE_WRONG, { fields: { otp_token: [CODE_WRONG] } })
    }
  }
  const token = { userId: user.id, generation: user.token_generation }
  return {
    refresh: await signUserToken(secrets, 'refresh', token, user.now),
    access: await signUserToken(secrets, 'access', token, user.now),
  }
}
