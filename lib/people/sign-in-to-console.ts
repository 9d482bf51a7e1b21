import type { Caller } from '#lib/access/caller.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { recordRefusedSignIn, recordSignIn, type Visitor } from './record-sign-in.ts'
import { addressBlock, withSignInTry, withTry } from './throttle-sign-in.ts'
import { selectUserByEmail } from './users-table.ts'
import { CodeSignIn, PasswordSignIn } from './wire.ts'

/** A request of the console's sign-in pages, as their routes hand it on. */
export interface ConsoleRequest {
  fields: Record<string, unknown>
  headers: Headers
  requestId: string
}

/** Cookies for the browser, and whether a second step is asked for. */
export interface SignedIn {
  cookies: string[]
  secondFactor: boolean
}

/** Start a console session. Throws 401 with one message for every wrong credential, and 429 beyond ten tries a minute (`withSignInTry`). */
export async function signInToConsole(
  services: Services,
  { fields, headers, requestId }: ConsoleRequest,
): Promise<SignedIn> {
  const given = parseFields(PasswordSignIn, fields)
  const visitor = visitorOf({ headers, requestId })
  const { email } = given
  const answer = await withSignInTry(services.db, { address: visitor.address, email }, () =>
    services.signIn.withPassword(given, headers),
  )
  if (!answer.ok) {
    const problem = explainRefusal(answer, 'The email address or the password is wrong.')
    const user = await selectUserByEmail(services.db, email)
    await recordRefusedSignIn(services.db, user?.id, visitor)
    throw problem
  }
  const { userId, secondFactor } = answer.body
  // Better-auth does not say whose password it was before the second step.
  const id = userId ?? (await selectUserByEmail(services.db, email))?.id
  if (id) await recordSignIn(services.db, secondFactor ? 'user.password_given' : 'user.sign_in', id, visitor)
  return { cookies: answer.cookies, secondFactor }
}

/** The second step: a code of the authenticator app, or a recovery code, each once. */
export async function giveSecondCode(
  services: Services,
  { fields, headers, requestId }: ConsoleRequest,
): Promise<SignedIn> {
  const { code } = parseFields(CodeSignIn, fields)
  const visitor = visitorOf({ headers, requestId })
  const answer = await withTry(services.db, `code from ${addressBlock(visitor.address)}`, () =>
    services.signIn.withCode(codeOf(code), headers),
  )
  if (!answer.ok) {
    const problem = explainRefusal(answer, 'This code is wrong or was already used.')
    // Better-auth keeps to itself whose second step it was.
    await recordRefusedSignIn(services.db, undefined, visitor)
    throw problem
  }
  await recordSignIn(services.db, 'user.sign_in', answer.body.userId, visitor)
  return { cookies: answer.cookies, secondFactor: false }
}

/** End the caller's session. */
export async function signOutOfConsole(
  services: Services,
  caller: Caller,
  headers: Headers,
): Promise<string[]> {
  const { cookies } = await services.signIn.out(headers)
  await recordAudit(services.db, {
    by: caller,
    action: 'user.sign_out',
    projectId: null,
    targets: [caller.userId!],
  })
  return cookies
}

/** Six digits, with or without blanks, are a code of the app; anything else is a recovery code. */
function codeOf(text: string): { kind: 'totp' | 'recovery'; code: string } {
  const code = text.replace(/\s/g, '')
  return /^\d{6}$/.test(code) ? { kind: 'totp', code } : { kind: 'recovery', code: text.trim() }
}

/** Why signing in was refused, in words for the person; throws for a failure of our own. */
function explainRefusal({ status, code }: { status: number; code: string }, words: string): Problem {
  if (status >= 500) throw new Error(`Signing in failed: ${code}`)
  if (code === 'INVALID_TWO_FACTOR_COOKIE' || code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE') {
    return new Problem('gone', 'That took too long, or too many tries. Sign in again with your password.')
  }
  if (status === 429) {
    const wait = 'Too many wrong codes. Try again in a minute.'
    return new Problem('throttled', wait, { retryAfterSeconds: 60 })
  }
  return new Problem('not_authenticated', words)
}

const visitorOf = ({ headers, requestId }: Pick<ConsoleRequest, 'headers' | 'requestId'>): Visitor => ({
  address: headers.get('x-client-address') ?? '',
  requestId,
})
