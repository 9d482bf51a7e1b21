import { parseIpRange } from '#lib/keys/ip-range.ts'
import { Problem } from '#lib/problem.ts'
import type { Services } from '#lib/services.ts'

/** Tries a minute, from one address and for one account: passwords cannot be guessed. */
const TRIES_A_MINUTE = 10

/** Count one try for each of these names. Throws 429 beyond ten a minute. */
export function throttleTries(limiter: Services['limiter'], ...counted: string[]): void {
  for (const each of counted) {
    const seconds = limiter.take(each, TRIES_A_MINUTE, 60)
    if (seconds === undefined) continue
    throw new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
      retryAfterSeconds: seconds,
    })
  }
}

/** Count an attempt to sign in. Throws 429 beyond ten a minute. */
export const throttleSignIn = (limiter: Services['limiter'], address: string, email: string): void =>
  throttleTries(limiter, `sign-in from ${addressBlock(address)}`, `sign-in as ${email}`)

/** The address, or the /64 network of an IPv6 address: its holder controls all of it, so it counts as one. */
export const addressBlock = (address: string): string =>
  address.includes(':') ? (parseIpRange(`${address}/64`) ?? address) : address
