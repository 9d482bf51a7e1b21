import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'

const COMMON =
  'This password is among those that are guessed first. Choose another one, for example four unrelated words.'

/** Throws 400 on the field for a password that is easy to guess although it is long enough. */
export async function demandUncommon(
  passwords: Services['passwords'],
  password: string,
  field: 'password' | 'new_password',
): Promise<void> {
  if (!(await passwords.isCommon(password))) return
  throw new Problem('invalid', COMMON, { fields: { [field]: [COMMON] } })
}
