import type { Caller } from '#lib/access/caller.ts'
import type { AuditAction } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import { countSignIn, countTry, placeOf } from './throttle-sign-in.ts'
import { CodeSignIn, PasswordOnly, PasswordSignIn } from './wire.ts'

type Fields = Record<string, unknown>
interface Asked {
  fields: Fields
  headers: Headers
  requestId: string
}

/** Cookies for the browser, and whether a second step is asked for. */
export interface SignedIn {
  cookies: string[]
  secondFactor: boolean
}

/** Begin a session of the console. Throws 401 in the same words for whatever is wrong, and 429 beyond ten tries a minute. */
export async function signInToConsole(
  services: Services,
  { fields, headers, requestId }: Asked,
): Promise<SignedIn> {
  const given = parseFields(PasswordSignIn, fields)
  countSignIn(services.limiter, headers.get('x-client-address') ?? '', given.email)
  const answer = await services.signIn.withPassword(given, headers)
  if (!answer.ok) throw explainRefusal(answer, 'The email address or the password is wrong.')
  const { userId, secondFactor } = answer.body
  if (userId) await tell(services, 'user.sign_in', userId, requestId)
  return { cookies: answer.cookies, secondFactor }
}

/** The second step: a code of the authenticator app, or a recovery code, each once. */
export async function giveSecondCode(
  services: Services,
  { fields, headers, requestId }: Asked,
): Promise<SignedIn> {
  const { code } = parseFields(CodeSignIn, fields)
  countTry(services.limiter, `code from ${placeOf(headers.get('x-client-address') ?? '')}`)
  const answer = await services.signIn.withCode(codeOf(code), headers)
  if (!answer.ok) throw explainRefusal(answer, 'This code is wrong, or was used already.')
  await tell(services, 'user.sign_in', answer.body.userId, requestId)
  return { cookies: answer.cookies, secondFactor: false }
}

/** End the session that asks. */
export async function signOutOfConsole(
  services: Services,
  caller: Caller,
  headers: Headers,
): Promise<string[]> {
  const { cookies } = await services.signIn.out(headers)
  await record(services, caller, 'user.sign_out')
  return cookies
}

/** A secret for the authenticator app, and recovery codes. It counts once a first code was given. */
export async function startSecondFactor(services: Services, caller: Caller, asked: Asked) {
  const { password } = passwordOf(services, caller, asked.fields)
  return demandOk(await services.signIn.startSecondFactor(password, asked.headers), 'password')
}

export async function confirmSecondFactor(
  services: Services,
  caller: Caller,
  asked: Asked,
): Promise<string[]> {
  const { code } = parseFields(CodeSignIn, asked.fields)
  countTry(services.limiter, `code of ${caller.userId}`)
  const { cookies } = demandOk(await services.signIn.confirmSecondFactor(plain(code), asked.headers), 'code')
  await record(services, caller, 'user.second_factor_on')
  return cookies
}

export async function stopSecondFactor(services: Services, caller: Caller, asked: Asked): Promise<string[]> {
  const { password } = passwordOf(services, caller, asked.fields)
  const { cookies } = demandOk(await services.signIn.stopSecondFactor(password, asked.headers), 'password')
  await record(services, caller, 'user.second_factor_off')
  return cookies
}

/** Ten new recovery codes in place of those of before. */
export async function renewRecoveryCodes(
  services: Services,
  caller: Caller,
  asked: Asked,
): Promise<string[]> {
  const { password } = passwordOf(services, caller, asked.fields)
  const { body } = demandOk(await services.signIn.renewRecoveryCodes(password, asked.headers), 'password')
  await record(services, caller, 'user.recovery_codes')
  return body.recoveryCodes
}

function passwordOf({ limiter }: Services, caller: Caller, fields: Fields): { password: string } {
  countTry(limiter, `password of ${caller.userId}`)
  return parseFields(PasswordOnly, fields)
}

/** Six digits, blanks between them or not, come from the app; anything else is a recovery code. */
function codeOf(text: string): { kind: 'totp' | 'recovery'; code: string } {
  const code = plain(text)
  return /^\d{6}$/.test(code) ? { kind: 'totp', code } : { kind: 'recovery', code: text.trim() }
}
const plain = (text: string) => text.replace(/\s/g, '')

const WRONG: Record<string, string> = {
  password: 'This is not your password.',
  code: 'This code is wrong, or its time is over.',
}

/** The answer, or a 400 for the field whose content was wrong. */
function demandOk<Body>(
  answer: { ok: true; cookies: string[]; body: Body } | { ok: false; status: number; code: string },
  field: 'password' | 'code',
): { cookies: string[]; body: Body } {
  if (answer.ok) return answer
  if (answer.code === 'TOTP_ALREADY_ENABLED') throw new Problem('conflict', 'A second factor is on already.')
  if (answer.status >= 500) throw new Error(`Signing in failed: ${answer.code}`)
  throw new Problem('invalid', WRONG[field]!, { fields: { [field]: [WRONG[field]!] } })
}

/** Why nobody was signed in, for the person; a failure of ours is one. */
function explainRefusal({ status, code }: { status: number; code: string }, words: string): Problem {
  if (status >= 500) throw new Error(`Signing in failed: ${code}`)
  if (code === 'INVALID_TWO_FACTOR_COOKIE' || code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE') {
    return new Problem('gone', 'That took too long, or too many tries. Sign in again with your password.')
  }
  if (status === 429) {
    const wait = 'Too many wrong codes. Try again in a quarter of an hour.'
    return new Problem('throttled', wait, { retryAfterSeconds: 900 })
  }
  return new Problem('not_authenticated', words)
}

const record = (services: Services, caller: Caller, action: AuditAction) =>
  recordAudit(services.db, { by: caller, action, projectId: null, targets: [caller.userId!] })

const tell = (services: Services, action: AuditAction, userId: string, requestId: string) =>
  recordAudit(services.db, {
    by: { apiKeyId: null, userId, role: null, projectId: null, requestId },
    action,
    projectId: null,
    targets: [userId],
  })
