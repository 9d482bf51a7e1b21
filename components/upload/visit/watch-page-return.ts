/**
 * Calls `woken` whenever the page may have missed something: it becomes visible, comes back from the history, or the
 * network returns. Returns a function that stops watching.
 */
export function watchPageReturn(woken: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') woken()
  }
  const shown = (event: PageTransitionEvent) => {
    if (event.persisted) woken()
  }
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('pageshow', shown)
  window.addEventListener('online', woken)
  return () => {
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('pageshow', shown)
    window.removeEventListener('online', woken)
  }
}
