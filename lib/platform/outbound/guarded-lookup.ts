import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

/** Every address of a name. */
export type Resolve = (
  hostname: string,
  answer: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

const resolveBySystem: Resolve = (hostname, answer) => systemLookup(hostname, { all: true }, answer)

/**
 * A look-up for sockets: the name's addresses, or an error when any of them is not public. The socket
 * connects to the addresses it returns, so a name that changes between check and use gains nothing.
 */
export function guardedLookup(resolve: Resolve = resolveBySystem): LookupFunction {
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
