import type { Caller } from '#lib/access/caller.ts'
import type { AuditAction } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import type { SignInAnswer } from '#lib/platform/sign-in/sign-in.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import type { ConsoleRequest } from './sign-in-to-console.ts'
import { withTry } from './throttle-sign-in.ts'
import { CodeSignIn, PasswordOnly } from './wire.ts'

/** Returns a secret for the authenticator app, and recovery codes. They take effect once a first code is confirmed. */
export async function startSecondFactor(services: Services, caller: Caller, asked: ConsoleRequest) {
  return withPassword(services, caller, asked, (password) =>
    services.signIn.startSecondFactor(password, asked.headers),
  )
}

export async function confirmSecondFactor(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { code } = parseFields(CodeSignIn, asked.fields)
  const confirmed = await withTry(services.db, `code of ${caller.userId}`, () =>
    services.signIn.confirmSecondFactor(code.replace(/\s/g, ''), asked.headers),
  )
  const { cookies } = demandOk(await noteWrong(services, caller, confirmed), 'code')
  await record(services, caller, 'user.second_factor_on')
  return cookies
}

export async function stopSecondFactor(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { cookies } = await withPassword(services, caller, asked, (password) =>
    services.signIn.stopSecondFactor(password, asked.headers),
  )
  await record(services, caller, 'user.second_factor_off')
  return cookies
}

/** Replace the recovery codes by ten new ones. */
export async function renewRecoveryCodes(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { body } = await withPassword(services, caller, asked, (password) =>
    services.signIn.renewRecoveryCodes(password, asked.headers),
  )
  await record(services, caller, 'user.recovery_codes')
  return body.recoveryCodes
}

/** What better-auth answers to the caller's password, which counts as a try. */
async function withPassword<Body>(
  services: Services,
  caller: Caller,
  { fields }: ConsoleRequest,
  act: (password: string) => Promise<SignInAnswer<Body>>,
): Promise<{ cookies: string[]; body: Body }> {
  const { password } = parseFields(PasswordOnly, fields)
  const answer = await withTry(services.db, `password of ${caller.userId}`, () => act(password))
  return demandOk(await noteWrong(services, caller, answer), 'password')
}

/** Whoever has a session that is not theirs may try passwords here. */
async function noteWrong<Answer extends SignInAnswer<unknown>>(
  services: Services,
  caller: Caller,
  answer: Answer,
): Promise<Answer> {
  if (!answer.ok && answer.status < 500 && answer.code !== 'TOTP_ALREADY_ENABLED')
    await record(services, caller, 'user.sign_in_refused')
  return answer
}

const WRONG: Record<string, string> = {
  password: 'This is not your password.',
  code: 'This code is wrong or has expired.',
}

/** The answer, or a 400 for the field whose content was wrong. */
function demandOk<Body>(
  answer: SignInAnswer<Body>,
  field: 'password' | 'code',
): { cookies: string[]; body: Body } {
  if (answer.ok) return answer
  if (answer.code === 'TOTP_ALREADY_ENABLED') throw new Problem('conflict', 'A second factor is already on.')
  if (answer.status >= 500) throw new Error(`Signing in failed: ${answer.code}`)
  throw new Problem('invalid', WRONG[field]!, { fields: { [field]: [WRONG[field]!] } })
}

const record = (services: Services, caller: Caller, action: AuditAction) =>
  recordAudit(services.db, { by: caller, action, projectId: null, targets: [caller.userId!] })
