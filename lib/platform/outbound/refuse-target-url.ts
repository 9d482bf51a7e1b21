import { isIP } from 'node:net'
import { isThisMachine } from './is-this-machine.ts'

/** Visible ASCII without backslash: what URL parsers silently repair (tabs, blanks, wide dots) is refused. */
const PLAIN = /^https?:\/\/(?![/?#])[\x21-\x5b\x5d-\x7e]+$/i
/** URLs presigned with temporary credentials have some 1,500; tighter limits are up to the caller. */
const URL_CHARACTERS_MAX = 4_096
const PORTS = ['', '443', '8443']

const INVALID = 'Enter a valid URL.'
const NOT_HTTPS = 'The URL must use https.'
const NOT_HTTPS_HERE = `${NOT_HTTPS} On the machine of the service itself, start the service with ALLOW_PRIVATE_TARGETS=1.`

/**
 * Why we do not call this URL, as a message for the person who gave it; undefined when we may. https on port 443 or 8443, a host
 * name with a dot, no user-info. `allowPrivate` also lets http, any port, addresses and local names through: for
 * development. A name that resolves to a private address is refused later, when the socket connects.
 */
export function refuseTargetUrl(
  text: string,
  { allowPrivate }: { allowPrivate: boolean },
): string | undefined {
  if (text.length > URL_CHARACTERS_MAX) {
    return `Ensure this field has no more than ${URL_CHARACTERS_MAX} characters.`
  }
  if (!PLAIN.test(text) || !URL.canParse(text)) return INVALID
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || text.split(/[/?#]/)[2]?.includes('@')) {
    return 'The URL must not contain a user name or password.'
  }
  if (url.hash !== '') return 'The URL must not have a fragment.'
  if (allowPrivate) return undefined
  if (url.protocol !== 'https:')
    return isThisMachine(url.hostname.replace(/\.$/, '')) ? NOT_HTTPS_HERE : NOT_HTTPS
  if (!PORTS.includes(url.port)) return 'The URL must use port 443 or 8443.'
  return refuseHost(url.hostname)
}

function refuseHost(hostname: string): string | undefined {
  // `URL` has already turned 0x7f.1 and 2130706433 into four numbers.
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return 'The URL must name a host, not an IP address.'
  const name = hostname.replace(/\.$/, '')
  if (!name.includes('.') || /(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)$/.test(name)) {
    return 'The URL must name a host of the public internet.'
  }
  return undefined
}
