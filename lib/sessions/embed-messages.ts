import type { Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'

/**
 * The messages between the upload page and its host (a page that frames or opened it, or an app): the one contract of
 * `public/embed.js`, apps and the page. Events are hints; the API and webhooks are the truth.
 * No token, no file name, no genotype, nothing personal is ever inside.
 */
export const EMBED_NAMESPACE = 'arraydrop'
export const EMBED_VERSION = 1

/** Without a handshake by then, the page assumes that there is no host. */
export const HANDSHAKE_MS = 2_000
/** How long the page waits for the host to say that it goes to a redirect's address itself. */
export const REDIRECT_ACK_MS = 500
/** Characters of a host's message as JSON, and messages a second; what is beyond is not looked at. */
export const HOST_CHARACTERS_MAX = 4_096
export const HOST_MESSAGES_PER_SECOND_MAX = 20
/** Between two reports of progress, and the least step between them. */
export const PROGRESS_MS_MIN = 500
export const PROGRESS_PERCENT_MIN = 1
/** Between two reports of the height, and the least change that is one. */
export const HEIGHT_MS_MIN = 100
export const HEIGHT_PIXELS_MIN = 4

/** Where a visit is, in words for hosts: coarser than the page's own stages, and never renamed. */
export const EMBED_STATES = [
  'loading',
  'picking',
  'checking',
  'sending',
  'verifying',
  'rejected',
  'received',
  'expired',
  'canceled',
  'failed',
  'leaving',
  'left',
  'unreachable',
] as const
export type EmbedState = (typeof EMBED_STATES)[number]

/** How a visit ended. `left`: the link works again until its deadline. */
export const EXIT_STATUSES = ['received', 'left', 'expired', 'canceled', 'failed'] as const
export type ExitStatus = (typeof EXIT_STATUSES)[number]

export const COLOR_SCHEMES = ['light', 'dark'] as const
export type ColorScheme = (typeof COLOR_SCHEMES)[number]

/** Who goes to a redirect's address: the host's page, the frame itself, or the whole window. */
export const REDIRECTORS = ['host', 'frame', 'top'] as const
export type Redirector = (typeof REDIRECTORS)[number]

/** What can keep bytes from arriving, as far as the page can tell: in events, and in the session's timeline. Never renamed. */
export const NETWORK_TROUBLES = [
  /** 413: even the smallest chunk is too large for something in between. */
  'body_too_large',
  /** 401, 403, 407 and other refusals in words that are not ours. */
  'forbidden',
  /** 405, 501: a method is unknown to something in between. */
  'method_blocked',
  /** 411. */
  'length_required',
  /** 431. */
  'headers_too_large',
  /** 500 and above, from something in between that cannot reach the service. */
  'gateway_error',
  /** A page of the network's own, such as a login page. */
  'foreign_page',
  /** Headers that uploads need do not arrive, in one direction or the other. */
  'headers_removed',
  /** The link's token does not arrive. */
  'authorization_removed',
  /** Connections break or stay silent. */
  'no_answer',
  /** The service itself has a problem. */
  'service_error',
] as const
export type NetworkTrouble = (typeof NETWORK_TROUBLES)[number]

/** `detail` of the refusal of a request that brought no token at all, as opposed to a wrong one. */
export const NO_TOKEN = 'no_token'

/** Every event of the page, by what its `data` holds. Sizes in bytes; `size_bucket` in whole mebibytes, rounded up. */
export interface EmbedEvents {
  /** The page can be used, or says how the session ended. Always the first. */
  ready: {
    locale: string
    dir: 'ltr' | 'rtl'
    /** Of the page, in its language: what the frame is called. */
    title: string
    color_scheme: ColorScheme
    height: number
    state: EmbedState
    seconds_remaining: number | null
  }
  /** Frames only: the page's height in CSS pixels, rounded up. */
  resize: { height: number }
  state: { from: EmbedState; to: EmbedState }
  /** The verdict on a chosen file, of the page or of the server. */
  'file.checked':
    | { ok: true; vendor: Vendor; size_bucket: number }
    | { ok: false; reason: Reason; retryable: boolean; size_bucket: number | null }
  'upload.started': { acked: number; total: number }
  'upload.progress': { acked: number; total: number; percent: number; eta_s: number | null }
  /** `trouble` is set where the cause is `blocked`: something in between refuses the file. */
  'upload.stalled': { cause: 'offline' | 'slow' | 'blocked'; trouble: NetworkTrouble | null }
  'upload.resumed': { acked: number; total: number }
  'time.warning': { seconds_left: number }
  /** The server has accepted the file. */
  'upload.received': { sample_id: string; vendor: Vendor | null }
  /** Something between the person and the server fails; the page says so and retries by itself. */
  error: { reason: Reason; retryable: boolean }
  /** The file chooser was asked for and never came: an app may open the link in a browser instead. */
  picker_unresponsive: Record<string, never>
  /** A link that leaves the page was followed; it opens in a tab of its own. */
  open_external: { url: string; purpose: 'help' | 'privacy' | 'support' }
  /** The host may go to this address of the partner's and answer `redirect_ack`; else the page goes there. */
  redirect_request: { url: string; kind: 'success' | 'failure' | 'left' }
  /** The person wants the frame closed. */
  close_request: { via: 'esc' }
  /** Answer to `ping`. */
  pong: Record<string, never>
  /** Exactly once, and the last. */
  exit: { status: ExitStatus; reason: Reason | null; last_state: EmbedState; sample_id: string | null }
}

export type EmbedEventType = keyof EmbedEvents

/** An event as it crosses: an object on a port, its JSON on transports that know only text. */
export type EmbedEvent<Type extends EmbedEventType = EmbedEventType> = {
  [Each in Type]: {
    ns: typeof EMBED_NAMESPACE
    v: typeof EMBED_VERSION
    type: Each
    /** Names this event once and for all. */
    id: string
    /** From 1 without gaps, per load of the page. */
    seq: number
    sample_id: string | null
    /** The device's clock: for people to read, not to compute with. */
    at: string
    data: EmbedEvents[Each]
  }
}[Type]

/** The page's first word, and the only one to any origin: it says nothing of the session. */
export interface Hello {
  ns: typeof EMBED_NAMESPACE
  type: 'hello'
  v: number[]
  nonce: string
}

/** The host's answer to `hello`. In frames and windows it brings the port that all else goes over. */
export interface Init {
  type: 'init'
  nonce: string | null
  locale: string | null
  color_scheme: ColorScheme | null
  /** `content`: the host makes the frame as high as the page, so the page never scrolls in it. */
  fit: 'content' | 'fill'
  redirect: Redirector
}

/** All that a host may say. Not offered on purpose: a file, a consent, an address, a success. */
export type HostMessage =
  | Init
  | { type: 'theme'; color_scheme: ColorScheme }
  | { type: 'locale'; locale: string }
  | { type: 'redirect_ack'; handled: boolean }
  | { type: 'focus' | 'cancel' | 'ping' }

/** A host's message, or null for what is none: unknown types and fields are no error, only nothing. Never throws. */
export function readHostMessage(given: unknown): HostMessage | null {
  const message = fieldsOf(given)
  if (!message || message.ns !== EMBED_NAMESPACE || message.v !== EMBED_VERSION) return null
  const scheme = oneOf(COLOR_SCHEMES, message.color_scheme)
  const locale = localeIn(message.locale)
  switch (message.type) {
    case 'init':
      return {
        type: 'init',
        nonce: typeof message.nonce === 'string' ? message.nonce : null,
        locale,
        color_scheme: scheme,
        fit: oneOf(['content', 'fill'] as const, message.fit) ?? 'fill',
        redirect: oneOf(REDIRECTORS, message.redirect) ?? 'top',
      }
    case 'theme':
      return scheme && { type: 'theme', color_scheme: scheme }
    case 'locale':
      return locale === null ? null : { type: 'locale', locale }
    case 'redirect_ack':
      return { type: 'redirect_ack', handled: message.handled === true }
    case 'focus':
    case 'cancel':
    case 'ping':
      return { type: message.type }
    default:
      return null
  }
}

/** A message's own fields, of an object or of its JSON; null when it is neither, or too long. */
function fieldsOf(given: unknown): Record<string, unknown> | null {
  try {
    const text = typeof given === 'string' ? given : JSON.stringify(given)
    if (text.length > HOST_CHARACTERS_MAX) return null
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const oneOf = <Value extends string>(values: readonly Value[], given: unknown): Value | null =>
  values.find((value) => value === given) ?? null

/** A language tag such as `pt-BR`; what is none would throw in `Intl`. */
const localeIn = (given: unknown): string | null =>
  typeof given === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(given) ? given : null

/**
 * Whether a source list of CSP's `frame-ancestors` names this origin: schemes (`https:`), hosts with `*.` in front and
 * any port by `:*`. The page asks it about a window that opened it, where no browser does.
 */
export function sourcesAllow(sources: readonly string[], origin: string): boolean {
  return sources.some((source) => {
    if (source === origin) return true
    if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return origin.startsWith(`${source}//`)
    const pattern = source
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace('*\\.', '[^/:]+\\.')
      .replace(/:\*$/, '(:\\d+)?')
    return source.includes('*') && new RegExp(`^${pattern}$`).test(origin)
  })
}
