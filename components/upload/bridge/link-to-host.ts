import {
  EMBED_NAMESPACE,
  EMBED_VERSION,
  HANDSHAKE_MS,
  type Hello,
  HOST_MESSAGES_PER_SECOND_MAX,
  type HostMessage,
  type Init,
  readHostMessage,
  sourcesAllow,
} from '#lib/sessions/embed-messages.ts'
import { appAround, type HostWindow, windowAround } from './host-window.ts'

/** The channel to the host, once its identity is established. */
export interface HostLink {
  /** What the host requested in its reply; an app may send nothing. */
  init: Init
  framed: boolean
  post(message: object): void
}

export interface HostLinking {
  /** Settles with the link, or with null when no host replied in time. A later reply still links. */
  inTime: Promise<HostLink | null>
  stop(): void
}

interface Ears {
  onLinked(link: HostLink): void
  /** Messages from the host after its first, rate-limited. */
  onMessage(message: HostMessage): void
}

/** What applies to an app until it sends `init`: it controls the page anyway, so no handshake is needed. */
const UNASKED: Init = {
  type: 'init',
  nonce: null,
  locale: null,
  color_scheme: null,
  fit: 'fill',
  redirect: 'frame',
}

/** Finds the host: a surrounding or opening window, by handshake; otherwise an app, by what it injected into the page. */
export function linkToHost(ears: Ears): HostLinking {
  const around = windowAround()
  if (around) return shakeHands(around, ears)
  const post = appAround(window as HostWindow)
  return post ? linkToApp(post, ears) : { inTime: Promise.resolve(null), stop: () => undefined }
}

/**
 * Sends `hello` to the host's window and accepts the first `init` that comes from it, from an origin that may show this
 * page, and with our nonce. From then on only its port is listened to; the peer never changes.
 */
function shakeHands({ window: peer, framed }: { window: Window; framed: boolean }, ears: Ears): HostLinking {
  let settle: (link: HostLink | null) => void = () => undefined
  const inTime = new Promise<HostLink | null>((resolve) => {
    settle = resolve
  })
  const hello: Hello = { ns: EMBED_NAMESPACE, type: 'hello', v: [EMBED_VERSION], nonce: newNonce() }
  const timer = setTimeout(() => settle(null), HANDSHAKE_MS)
  let taken = false

  async function answered({ source, origin, data, ports: [port] }: MessageEvent): Promise<void> {
    if (taken || source !== peer || !port) return
    const init = readHostMessage(data)
    if (init?.type !== 'init' || init.nonce !== hello.nonce || !(await mayShow(origin, framed)) || taken)
      return
    taken = true
    stop()
    const link: HostLink = { init, framed, post: (message) => port.postMessage(message) }
    const take = listening(ears)
    port.onmessage = (event) => take(event.data)
    ears.onLinked(link)
    settle(link)
  }

  function stop(): void {
    clearTimeout(timer)
    window.removeEventListener('message', answered)
  }

  window.addEventListener('message', answered)
  peer.postMessage(hello, '*')
  return { inTime, stop }
}

function linkToApp(post: (message: object) => void, ears: Ears): HostLinking {
  const host = window as HostWindow
  const link: HostLink = { init: UNASKED, framed: false, post }
  const take = listening(ears)
  let asked = false
  host.arraydropReceive = (given) => {
    const message = readHostMessage(given)
    if (message?.type !== 'init') return take(given)
    if (asked) return
    asked = true
    link.init = { ...message, fit: 'fill' }
    ears.onLinked(link)
  }
  if (host.arraydropHost) host.arraydropHost.onmessage = (event) => host.arraydropReceive?.(event.data)
  post({ ns: EMBED_NAMESPACE, type: 'hello', v: [EMBED_VERSION], nonce: newNonce() } satisfies Hello)
  ears.onLinked(link)
  return { inTime: Promise.resolve(link), stop: () => delete host.arraydropReceive }
}

/** Passes on valid messages; ignores a second `init` and messages above the rate limit. */
function listening({ onMessage }: Ears): (given: unknown) => void {
  let second = 0
  let count = 0
  return (given) => {
    const now = Math.floor(performance.now() / 1000)
    count = now === second ? count + 1 : 1
    second = now
    const message = count > HOST_MESSAGES_PER_SECOND_MAX ? null : readHostMessage(given)
    if (message && message.type !== 'init') onMessage(message)
  }
}

/**
 * Whether this origin may show the page. For a frame the browser has enforced the page's policy, and names the
 * origin if it can. It does not check a window that opened us, so the page reads its own policy.
 */
async function mayShow(origin: string, framed: boolean): Promise<boolean> {
  const { ancestorOrigins } = location
  if (framed) return !ancestorOrigins?.length || ancestorOrigins[0] === origin
  const own = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  const policy = own?.headers.get('content-security-policy') ?? ''
  const [, sources = ''] = /frame-ancestors ([^;]*)/.exec(policy) ?? []
  return sourcesAllow(sources.split(' '), origin)
}

export const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
