import { parseIpRange } from '#lib/keys/ip-range.ts'
import { Problem } from '#lib/problem.ts'
import type { Database } from '#lib/services.ts'
import { takeTry } from './sign-in-tries-table.ts'

/** Tries a minute, from one address and for one account: passwords cannot be guessed. */
const TRIES_A_MINUTE = 10

/** Count one try for each of these names, across all processes. Throws 429 beyond ten a minute. */
export async function throttleTries(db: Database, ...counted: string[]): Promise<void> {
  for (const each of counted) {
    const seconds = await takeTry(db, each, TRIES_A_MINUTE)
    if (seconds !== undefined) throw throttled(seconds)
  }
}

/**
 * Count an attempt to sign in: ten a minute from one address, and ten for one account from all addresses together.
 * Once an account has had its ten, each address still has one try a minute, so that others cannot keep a person out
 * for longer than that minute. Throws 429 beyond.
 */
export async function throttleSignIn(db: Database, address: string, email: string): Promise<void> {
  const block = addressBlock(address)
  await throttleTries(db, `sign-in from ${block}`)
  if ((await takeTry(db, `sign-in as ${email}`, TRIES_A_MINUTE)) === undefined) return
  const seconds = await takeTry(db, `sign-in as ${email} from ${block}`, 1)
  if (seconds !== undefined) throw throttled(seconds)
}

const throttled = (seconds: number) =>
  new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  })

/** The address, or the /64 network of an IPv6 address: its holder controls all of it, so it counts as one. */
export const addressBlock = (address: string): string =>
  address.includes(':') ? (parseIpRange(`${address}/64`) ?? address) : address
