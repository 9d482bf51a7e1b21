import { type LookupAddress, Resolver } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

/** Every address of a name. */
export type Resolve = (
  hostname: string,
  answer: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

const TRY_MS = 2_000
/** For both kinds of address together, within the time that a connection has. */
const LOOKUP_MS = 4_000

/**
 * Resolves by DNS alone, within `LOOKUP_MS`; the hosts file is not read. The system's resolver looks up only two names
 * at a time in a process, so a few names whose servers do not respond would delay all others, including those of our
 * own database and store. Addresses of one kind are enough when the other kind is not answered.
 */
export const resolveByDns =
  (servers?: string[]): Resolve =>
  (hostname, answer) => {
    // A new one each time, because it reads the system's list of servers only when it is made.
    const resolver = new Resolver({ timeout: TRY_MS, tries: 2 })
    if (servers) resolver.setServers(servers)
    const deadline = setTimeout(() => resolver.cancel(), LOOKUP_MS)
    const found: LookupAddress[] = []
    let open = 2
    const take = (family: number) => (error: Error | null, addresses: string[] | undefined) => {
      found.push(...(addresses ?? []).map((address) => ({ address, family })))
      if (--open > 0) return
      clearTimeout(deadline)
      answer(found.length > 0 ? null : error, found)
    }
    resolver.resolve4(hostname, take(4))
    resolver.resolve6(hostname, take(6))
  }

/**
 * A look-up for sockets: the name's addresses, or an error when any of them is not public. The socket
 * connects to the addresses it returns, so a name that changes between check and use gains nothing.
 */
export function guardedLookup(resolve: Resolve = resolveByDns()): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      const first = addresses?.[0]
      if (error || !first) return callback(error ?? new Error('The name has no address'), '', 4)
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new Error('The name leads to an address that is not public'), '', 4)
      }
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}
