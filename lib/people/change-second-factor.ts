import type { Caller } from '#lib/access/caller.ts'
import type { AuditAction } from '#lib/audit/audit.ts'
import { recordAudit } from '#lib/audit/record-audit.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'
import type { ConsoleRequest } from './sign-in-to-console.ts'
import { throttleTries } from './throttle-sign-in.ts'
import { CodeSignIn, PasswordOnly } from './wire.ts'

/** Returns a secret for the authenticator app, and recovery codes. They take effect once a first code is confirmed. */
export async function startSecondFactor(services: Services, caller: Caller, asked: ConsoleRequest) {
  const { password } = await passwordOf(services, caller, asked.fields)
  return demandOk(await services.signIn.startSecondFactor(password, asked.headers), 'password')
}

export async function confirmSecondFactor(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { code } = parseFields(CodeSignIn, asked.fields)
  await throttleTries(services.db, `code of ${caller.userId}`)
  const { cookies } = demandOk(
    await services.signIn.confirmSecondFactor(code.replace(/\s/g, ''), asked.headers),
    'code',
  )
  await record(services, caller, 'user.second_factor_on')
  return cookies
}

export async function stopSecondFactor(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { password } = await passwordOf(services, caller, asked.fields)
  const { cookies } = demandOk(await services.signIn.stopSecondFactor(password, asked.headers), 'password')
  await record(services, caller, 'user.second_factor_off')
  return cookies
}

/** Replace the recovery codes by ten new ones. */
export async function renewRecoveryCodes(
  services: Services,
  caller: Caller,
  asked: ConsoleRequest,
): Promise<string[]> {
  const { password } = await passwordOf(services, caller, asked.fields)
  const { body } = demandOk(await services.signIn.renewRecoveryCodes(password, asked.headers), 'password')
  await record(services, caller, 'user.recovery_codes')
  return body.recoveryCodes
}

async function passwordOf(
  { db }: Services,
  caller: Caller,
  fields: ConsoleRequest['fields'],
): Promise<{ password: string }> {
  await throttleTries(db, `password of ${caller.userId}`)
  return parseFields(PasswordOnly, fields)
}

const WRONG: Record<string, string> = {
  password: 'This is not your password.',
  code: 'This code is wrong or has expired.',
}

/** The answer, or a 400 for the field whose content was wrong. */
function demandOk<Body>(
  answer: { ok: true; cookies: string[]; body: Body } | { ok: false; status: number; code: string },
  field: 'password' | 'code',
): { cookies: string[]; body: Body } {
  if (answer.ok) return answer
  if (answer.code === 'TOTP_ALREADY_ENABLED') throw new Problem('conflict', 'A second factor is already on.')
  if (answer.status >= 500) throw new Error(`Signing in failed: ${answer.code}`)
  throw new Problem('invalid', WRONG[field]!, { fields: { [field]: [WRONG[field]!] } })
}

const record = (services: Services, caller: Caller, action: AuditAction) =>
  recordAudit(services.db, { by: caller, action, projectId: null, targets: [caller.userId!] })
