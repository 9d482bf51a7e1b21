import { Problem } from '#lib/problem.ts'

/** One answer for every bad token, as Gencove's framework words it. */
export const refuseToken = () =>
  new Problem('not_authenticated', 'Token is invalid or expired', { beside: { code: 'token_not_valid' } })
