import ipaddr from 'ipaddr.js'

/**
 * A network in its canonical form: `10.0.0.0/8`, `2001:db8::/32`. A bare address is a network of one; host bits are
 * dropped; an IPv4-mapped network becomes IPv4. Undefined for any other text, and for forms that other programs read
 * differently (`010.0.0.1`, `10.1`, a zone).
 */
export function parseIpRange(text: string): string | undefined {
  const [, host, given] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const address = host === undefined ? undefined : parseAddress(host)
  if (!address) return undefined
  const most = address.kind() === 'ipv4' ? 32 : 128
  const bits = given === undefined ? most : Number(given)
  if (bits > most) return undefined
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    return bits < 96 ? undefined : parseIpRange(`${address.toIPv4Address()}/${bits - 96}`)
  }
  const network = address instanceof ipaddr.IPv6 ? ipaddr.IPv6 : ipaddr.IPv4
  return `${network.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`
}

/** Whether an address is in one of these networks. A mapped IPv4 address counts as IPv4; other text is in none. */
export function isInIpRanges(address: string, ranges: readonly string[]): boolean {
  const found = parseAddress(address)
  if (!found) return false
  const plain = ipaddr.process(found.toString())
  return ranges.some((range) => {
    const [network, bits] = ipaddr.parseCIDR(range)
    return network.kind() === plain.kind() && plain.match(network, bits)
  })
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)
    ? ipaddr.IPv6.parse(text)
    : undefined
}
