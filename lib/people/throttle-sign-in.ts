import { parseIpRange } from '#lib/keys/ip-range.ts'
import { isProblem, Problem } from '#lib/problem.ts'
import type { Database } from '#lib/services.ts'
import { returnTry, takeTry } from './sign-in-tries-table.ts'

/** Tries a minute, from one address and for one account: passwords cannot be guessed. */
const TRIES_A_MINUTE = 10

/**
 * Count one try, across all processes, and act. Throws 429 beyond ten a minute. When there was no turn to hash a password
 * (503), nothing was tried: that costs nothing.
 */
export async function withTry<T>(db: Database, name: string, act: () => Promise<T>): Promise<T> {
  const seconds = await takeTry(db, name, TRIES_A_MINUTE)
  if (seconds !== undefined) throw throttled(seconds)
  return returningTry(db, name, act)
}

/**
 * Count an attempt to sign in, and act: ten a minute from one address, and ten for one account from all addresses
 * together. Once an account has had its ten, each address still has one try a minute, so that others cannot keep a
 * person out for longer than that minute. Throws 429 beyond; a 503 costs nothing, as in `withTry`.
 */
export async function withSignInTry<T>(
  db: Database,
  { address, email }: { address: string; email: string },
  act: () => Promise<T>,
): Promise<T> {
  const block = addressBlock(address)
  return withTry(db, `sign-in from ${block}`, async () => {
    const account = `sign-in as ${email}`
    if ((await takeTry(db, account, TRIES_A_MINUTE)) === undefined) return returningTry(db, account, act)
    const alone = `${account} from ${block}`
    const seconds = await takeTry(db, alone, 1)
    if (seconds !== undefined) throw throttled(seconds)
    return returningTry(db, alone, act)
  })
}

async function returningTry<T>(db: Database, name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (isProblem(error) && error.code === 'unavailable') await returnTry(db, name)
    throw error
  }
}

const throttled = (seconds: number) =>
  new Problem('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  })

/** The address, or the /64 network of an IPv6 address: its holder controls all of it, so it counts as one. */
export const addressBlock = (address: string): string =>
  address.includes(':') ? (parseIpRange(`${address}/64`) ?? address) : address
