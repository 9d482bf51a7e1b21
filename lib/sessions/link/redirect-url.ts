import { tooLong } from '#lib/wire/fields.ts'
import { REDIRECT_URL_CHARACTERS_MAX } from '../limits.ts'

export interface RedirectRules {
  /** PUBLIC_URL is loopback: plain http to a loopback host is allowed, for development. */
  loopback: boolean
  /** The project's list, as `URL.origin` writes them; empty means any origin. */
  origins: readonly string[]
}

const INVALID = 'Enter a valid URL.'
/** Visible ASCII without backslash: everything that browsers silently repair (tabs, blanks, wide dots) is refused. */
const PLAIN = /^https?:\/\/(?![/?#])[\x21-\x5b\x5d-\x7e]+$/i
/** An encoded control character, such as CR or LF. */
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f)/i
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/**
 * Why a URL may not be redirected to, in words; undefined when it may. https only (http for loopback while PUBLIC_URL
 * is), no user-info, no IP literal, at most 2048 characters, and `URL.origin` on the project's list where there is one.
 */
export function refuseRedirectUrl(text: string, { loopback, origins }: RedirectRules): string | undefined {
  if (text.length > REDIRECT_URL_CHARACTERS_MAX) {
    return tooLong(REDIRECT_URL_CHARACTERS_MAX)
  }
  if (!PLAIN.test(text) || ENCODED_CONTROL.test(text)) return INVALID
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return INVALID
  if (url.username !== '' || url.password !== '' || text.split(/[/?#]/)[2]?.includes('@')) {
    return 'A redirect URL must not contain a user name or password.'
  }
  const local = loopback && isLoopbackHost(url.hostname)
  if (url.protocol === 'http:' && !local) return 'A redirect URL must use https.'
  if (!local && (IPV4.test(url.hostname) || url.hostname.startsWith('['))) {
    return 'A redirect URL must name a host, not an IP address.'
  }
  if (!local && (isLoopbackHost(url.hostname) || !url.hostname.includes('.') || url.hostname.endsWith('.'))) {
    return INVALID
  }
  if (origins.length > 0 && !origins.includes(url.origin)) {
    return `The origin ${url.origin} is not on this project's list of redirect origins.`
  }
  return undefined
}

/** localhost, *.localhost, 127.0.0.0/8 and ::1: what only this machine answers. */
export const isLoopbackHost = (hostname: string): boolean =>
  /^(?:localhost|[a-z0-9.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/**
 * The URL with `reason=…` in its query. A `reason` already there is replaced; the rest of the query and the fragment
 * stay byte for byte, and nothing else is added.
 */
export function withReason(url: string, reason: string): string {
  const [beforeFragment, fragment] = splitAt(url, '#')
  const [path, query] = splitAt(beforeFragment, '?')
  const pairs = query.length > 1 ? query.slice(1).split('&') : []
  const others = pairs.filter((pair) => nameOf(pair) !== 'reason')
  return `${path}?${[...others, `reason=${reason}`].join('&')}${fragment}`
}

/** Text before the mark, and the mark with all that follows (empty when it does not occur). */
function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
}

function nameOf(pair: string): string {
  const name = splitAt(pair, '=')[0].replaceAll('+', ' ')
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
