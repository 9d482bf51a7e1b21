export interface Sight {
  /** Whether a part of the page has been seen. */
  seen(): boolean
  stop(): void
}

/**
 * Waits until a part of this page is on the screen: a frame that is not displayed, or far below the fold, must not start a
 * person's time. A page in a window of its own counts as seen, and so does every page where the browser cannot tell.
 */
export function watchSight(part: Element | null, onSeen: () => void): Sight {
  if (window.parent === window || !part || typeof IntersectionObserver !== 'function') {
    return { seen: () => true, stop: () => undefined }
  }
  let seen = false
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    seen = true
    observer.disconnect()
    onSeen()
  })
  observer.observe(part)
  return { seen: () => seen, stop: () => observer.disconnect() }
}
