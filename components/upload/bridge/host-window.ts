/** What apps put into a page they show: each takes text, or an object where it says so. */
export interface HostWindow {
  ReactNativeWebView?: { postMessage(text: string): void }
  /** A JavaScriptChannel of Flutter. */
  arraydrop?: { postMessage?(text: string): void }
  webkit?: { messageHandlers?: { arraydrop?: { postMessage(message: object): void } } }
  /** Android's `addWebMessageListener`, which also answers. */
  arraydropHost?: { postMessage(text: string): void; onmessage?: ((event: MessageEvent) => void) | null }
  /** Where apps put their messages to the page. */
  arraydropReceive?: (text: unknown) => void
}

/** How to reach the app around the page; null where there is none. */
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

/** The window that shows or opened this one, if there is one. */
export const windowAround = (): { window: Window; framed: boolean } | null => {
  if (window.parent !== window) return { window: window.parent, framed: true }
  return window.opener ? { window: window.opener as Window, framed: false } : null
}

/** The whole window, if the browser lets a frame do that now. If not, the page shows a link to go on by. */
export function replaceTopWindow(url: string): void {
  try {
    if (navigator.userActivation?.hasBeenActive !== false) window.top?.location.replace(url)
  } catch {
    // Without a tap of the person, or in a sandbox: the link remains.
  }
}

/** Links of this page lead the whole window, not the frame. (A base without an address; the policy forbids only those.) */
export function openLinksInTopWindow(): void {
  const base = document.createElement('base')
  base.target = '_top'
  document.head.append(base)
}
