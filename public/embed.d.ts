/**
 * Types of embed.js, for pages that load it with a <script> element: copy this file into your project, or refer to it with
 * `/// <reference path="embed.d.ts" />`. How to use the script: docs/embedding.md.
 */
declare namespace Arraydrop {
  type ColorScheme = 'light' | 'dark'
  type State =
    | 'loading'
    | 'picking'
    | 'checking'
    | 'sending'
    | 'verifying'
    | 'rejected'
    | 'received'
    | 'expired'
    | 'canceled'
    | 'failed'
    | 'leaving'
    | 'left'
    | 'unreachable'

  interface Ready {
    locale: string
    dir: 'ltr' | 'rtl'
    title: string
    color_scheme: ColorScheme
    height: number
    state: State
    seconds_remaining: number | null
  }

  interface Received {
    sample_id: string
    vendor: string | null
  }

  /** `unknown`: the window cannot be heard, or the person went on in one of their own. Ask your backend how it ended. */
  interface Exit {
    status: 'received' | 'left' | 'expired' | 'canceled' | 'failed' | 'unknown'
    reason: string | null
    last_state: State | null
    sample_id: string | null
  }

  interface Redirect {
    url: string
    kind: 'success' | 'failure' | 'left'
  }

  /** New types may be added: ignore the ones you do not know. */
  interface Event {
    ns: 'arraydrop'
    v: number
    type: string
    /** `null` and `seq` 0 in the one event of the script itself: the page could not be loaded. */
    id: string | null
    seq: number
    sample_id: string | null
    at: string
    data: Record<string, unknown>
  }

  interface Options {
    /** `inline` is the default. Open `popup` from a click. */
    mode?: 'inline' | 'modal' | 'popup'
    /** Required for `inline`: an element or a selector. */
    target?: Element | string
    /** Who goes to the redirect's address; your page by default. */
    redirect?: 'host' | 'top' | 'frame'
    locale?: string | null
    colorScheme?: ColorScheme | null
    onReady?(data: Ready): void
    onEvent?(event: Event): void
    onReceived?(data: Received): void
    /** Return `false` to stay on your page. */
    // biome-ignore lint/suspicious/noConfusingVoidType: a callback may return nothing
    onRedirect?(data: Redirect): boolean | void
    /** Exactly once. */
    onExit?(data: Exit): void
  }

  interface Upload {
    /** Asks the page to end, as its own buttons do. */
    close(): void
    /** Removes the page at once; the history stays as it is, with the entry of a dialog. */
    destroy(): void
    focus(): void
    setTheme(scheme: ColorScheme): void
    setLocale(locale: string): void
  }

  /** Throws a TypeError when `url` is not https, `target` is not an element, or an option is not one of its choices. */
  function open(url: string, options?: Options): Upload
}

/** `<arraydrop-upload url="…">` */
interface ArraydropUploadElement extends HTMLElement {
  close(): void
}

interface HTMLElementTagNameMap {
  'arraydrop-upload': ArraydropUploadElement
}

interface HTMLElementEventMap {
  'arraydrop-ready': CustomEvent<Arraydrop.Ready>
  'arraydrop-event': CustomEvent<Arraydrop.Event>
  'arraydrop-received': CustomEvent<Arraydrop.Received>
  'arraydrop-redirect': CustomEvent<Arraydrop.Redirect>
  'arraydrop-exit': CustomEvent<Arraydrop.Exit>
}
