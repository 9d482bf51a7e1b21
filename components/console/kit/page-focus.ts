/** Puts the focus on the heading of the page where it has fallen on nothing, so that reading and Tab go on from there. */
export function keepFocus(): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}

/** The same on a page that the person has come to. In a document that nobody has touched yet, Tab begins with all of it. */
export function keepFocusOnArrival(): void {
  if (navigator.userActivation?.hasBeenActive) keepFocus()
}
