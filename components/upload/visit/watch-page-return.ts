/**
 * Calls back whenever time may have passed unseen: the page becomes visible, comes back out of the history, or the
 * network returns. Gives back how to stop.
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
