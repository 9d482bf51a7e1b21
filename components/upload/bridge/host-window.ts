/** The objects that apps inject into a page they show. Each takes text, unless its type says otherwise. */
export interface HostWindow {
  ReactNativeWebView?: { postMessage(text: string): void }
  /** A JavaScriptChannel of Flutter. */
  arraydrop?: { postMessage?(text: string): void }
  webkit?: { messageHandlers?: { arraydrop?: { postMessage(message: object): void } } }
  /** Android's `addWebMessageListener`, which can also reply. */
  arraydropHost?: { postMessage(text: string): void; onmessage?: ((event: MessageEvent) => void) | null }
  /** Apps call this to send a message to the page. */
  arraydropReceive?: (text: unknown) => void
}

/** Returns a function that posts to the app around the page; null if there is no app. */
export function appAround(host: HostWindow): ((message: object) => void) | null {
  const { ReactNativeWebView: native, arraydrop: channel, arraydropHost: android } = host
  const apple = host.webkit?.messageHandlers?.arraydrop
  if (native) return (message) => native.postMessage(JSON.stringify(message))
  // Before WebKit's own handler, because Flutter on iOS is both and reads only text.
  if (channel?.postMessage) return (message) => channel.postMessage?.(JSON.stringify(message))
  if (apple) return (message) => apple.postMessage(message)
  if (android) return (message) => android.postMessage(JSON.stringify(message))
  return null
}

/** The window that embeds or opened this one, if any. */
export const windowAround = (): { window: Window; framed: boolean } | null => {
  if (window.parent !== window) return { window: window.parent, framed: true }
  return window.opener ? { window: window.opener as Window, framed: false } : null
}

/** Navigates the top window, if the browser allows a frame to do so now. If not, the page shows a link to follow. */
export function replaceTopWindow(url: string): void {
  try {
    if (navigator.userActivation?.hasBeenActive !== false) window.top?.location.replace(url)
  } catch {
    // Without a user gesture, or in a sandbox: the link remains.
  }
}

/** Makes links of this page navigate the top window, not the frame. (A base without an address, which the policy allows.) */
export function openLinksInTopWindow(): void {
  const base = document.createElement('base')
  base.target = '_top'
  document.head.append(base)
}
