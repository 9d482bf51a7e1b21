import { parseIpRange } from '#lib/keys/ip-range.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'

/** Tries a minute, from one address and for one account: a password is not found by asking. */
const TRIES_A_MINUTE = 10

/** Count one try of each of these. Throws 429 beyond ten a minute. */
export function throttleTries(limiter: Services['limiter'], ...counted: string[]): void {
  for (const each of counted) {
    const seconds = limiter.take(each, TRIES_A_MINUTE, 60)
    if (seconds === undefined) continue
    throw new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
      retryAfterSeconds: seconds,
    })
  }
}

/** Count a try to sign in. */
export const throttleSignIn = (limiter: Services['limiter'], address: string, email: string): void =>
  throttleTries(limiter, `sign-in from ${addressBlock(address)}`, `sign-in as ${email}`)

/** Whoever has one IPv6 address has all of its /64: they count as one. */
export const addressBlock = (address: string): string =>
  address.includes(':') ? (parseIpRange(`${address}/64`) ?? address) : address
