/** The whole window, if the browser lets a frame do that now. If not, the page shows a link to go on by. */
export function leadAbove(url: string): void {
  try {
    if (navigator.userActivation?.hasBeenActive !== false) window.top?.location.replace(url)
  } catch {
    // Without a tap of the person, or in a sandbox: the link remains.
  }
}

/** Links of this page lead the whole window, not the frame. (A base without an address; the policy forbids only those.) */
export function openLinksAbove(): void {
  const base = document.createElement('base')
  base.target = '_top'
  document.head.append(base)
}
