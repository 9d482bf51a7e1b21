import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'

const EMAIL = /^(?:mailto:)?[^\s/@]+@[^\s/@]+$/i

/** Throws 400 on `target` unless it is a URL that may be called; an e-mail address is told apart in words. */
export function demandTarget(outbound: Services['outbound'], target: string): void {
  const refusal = EMAIL.test(target)
    ? 'Notifications by e-mail are not supported: enter an https URL that receives webhooks.'
    : outbound.refuse(target)
  if (refusal) throw new Problem('invalid', refusal, { fields: { target: [refusal] } })
}
