import ipaddr from 'ipaddr.js'

type Range = [address: string, bits: number]

/** Special-purpose blocks that ipaddr.js calls ordinary unicast, or whose name alone does not say that they lead inside. */
const MORE_IPV4: Range[] = [
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  ['192.88.99.0', 24],
]
/** Addresses that carry an IPv4 address: mapped, compatible, NAT64 (both prefixes), 6to4, Teredo; and unused space. */
const MORE_IPV6: Range[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
]
/** The whole of IPv6 that is routed between strangers today (IANA: global unicast). */
const GLOBAL_IPV6: Range = ['2000::', 3]

/**
 * Whether an address belongs to the public internet. Private, shared, loopback, link-local (with every cloud's metadata
 * service), multicast, reserved and documentation addresses do not, and neither does any IPv6 form that carries an
 * IPv4 address: what it leads to is decided elsewhere. False for what is no address.
 */
export function isPublicAddress(text: string): boolean {
  // A zone belongs to link-local addresses only.
  if (text.includes('%') || !ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  if (address instanceof ipaddr.IPv4) return !MORE_IPV4.some((range) => within(address, range))
  return within(address, GLOBAL_IPV6) && !MORE_IPV6.some((range) => within(address, range))
}

function within(address: ipaddr.IPv4 | ipaddr.IPv6, [base, bits]: Range): boolean {
  return address.match(ipaddr.parse(base), bits)
}
