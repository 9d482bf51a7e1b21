import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { recordRefusedSignIn, recordSignIn, type Visitor } from './record-sign-in.ts'
import { withSignInTry, withTry } from './throttle-sign-in.ts'
import { readUserToken, signUserToken, type TokenKind } from './user-token.ts'
import { selectUser, selectUserByEmail, type User } from './users-table.ts'
import { RefreshRequest, SignInRequest, type TokenPair, VerifyRequest } from './wire.ts'

const CODE_WANTED = 'This account also needs a code from its authenticator app.'
const CODE_WRONG = 'This code is wrong, was already used, or has expired.'

/**
 * Issue tokens for an email address and password. Throws 401 for a wrong password, an unknown address and a disabled
 * person, with the same message and after the same work, and 429 beyond ten tries a minute (`withSignInTry`). With
 * a second factor, `otp_token` must hold one of its codes; 400 for that field otherwise.
 */
export async function issueTokens(
  services: Services,
  fields: Record<string, unknown>,
  visitor: Visitor,
): Promise<TokenPair> {
  const { db, passwords, secrets, signIn: sessions } = services
  const { email, password, otp_token: code } = parseFields(SignInRequest, fields)
  const { user, known } = await withSignInTry(db, { address: visitor.address, email }, async () => {
    const user = await selectUserByEmail(db, email)
    return { user, known: await passwords.matches(password, user?.passwordHash) }
  })
  if (!user || !known || user.disabledAt) {
    await recordRefusedSignIn(db, user?.id, visitor)
    throw new Problem('not_authenticated', 'No active account found with the given credentials')
  }
  if (user.secondFactor) {
    const { id } = user
    if (!code) {
      await recordSignIn(db, 'user.password_given', id, visitor)
      throw new Problem('invalid', CODE_WANTED, { fields: { otp_token: [CODE_WANTED] } })
    }
    if (!(await withTry(db, `code of ${id}`, () => sessions.matchesCode(id, code)))) {
      await recordRefusedSignIn(db, user.id, visitor)
      throw new Problem('invalid', CODE_WRONG, { fields: { otp_token: [CODE_WRONG] } })
    }
  }
  await recordSignIn(db, 'user.token', user.id, visitor)
  const token = { userId: user.id, generation: user.tokenGeneration }
  return {
    refresh: await signUserToken(secrets, 'refresh', token, user.now),
    access: await signUserToken(secrets, 'access', token, user.now),
  }
}

/** A new access token for a refresh token. Throws 400 if none was sent, and 401 for an invalid one. */
export async function refreshAccessToken(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  fields: Record<string, unknown>,
): Promise<{ access: string }> {
  // Gencove's command line sends null after a 401 and shows this response instead of that one.
  if (fields.refresh === null)
    throw new Problem('not_authenticated', 'Invalid API key, or your session has ended.')
  const { refresh } = parseFields(RefreshRequest, fields)
  const user = await findTokenUser(services, 'refresh', refresh)
  if (!user) throw refuseToken()
  const token = { userId: user.id, generation: user.tokenGeneration }
  return { access: await signUserToken(services.secrets, 'access', token, user.now) }
}

/** Resolves for a valid token of either kind; throws 400 if none was sent, and 401 for any other. */
export async function verifyToken(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  fields: Record<string, unknown>,
): Promise<void> {
  const { token } = parseFields(VerifyRequest, fields)
  const user =
    (await findTokenUser(services, 'access', token)) ?? (await findTokenUser(services, 'refresh', token))
  if (!user) throw refuseToken()
}

/** The person a token was issued to; undefined when the token is invalid, expired or revoked. */
export async function findTokenUser(
  { db, clock, secrets }: Pick<Services, 'db' | 'clock' | 'secrets'>,
  kind: TokenKind,
  token: string,
): Promise<User | undefined> {
  const claims = await readUserToken(secrets, kind, token, await clock.now())
  const user = claims && (await selectUser(db, claims.userId))
  if (!user || user.disabledAt || user.tokenGeneration !== claims.generation) return undefined
  return user
}

/** One message for every bad token, as Gencove's framework words it. */
const refuseToken = () =>
  new Problem('not_authenticated', 'Token is invalid or expired', { beside: { code: 'token_not_valid' } })
