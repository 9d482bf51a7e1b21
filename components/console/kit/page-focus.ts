const focusIsLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Puts the focus on the heading of the page where it has fallen on nothing, so that reading and Tab go on from there. */
export function keepFocus(): void {
  if (!focusIsLost()) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}

/** The same on a page that the person has come to. In a document that nobody has touched yet, Tab begins with all of it. */
export function keepFocusOnArrival(): void {
  if (navigator.userActivation?.hasBeenActive) keepFocus()
}

let letGo = (): void => undefined

/**
 * Returns the focus to what began an act, as soon as it can have it: it is disabled meanwhile, and may stay so or go with
 * what it was for, whenever the page learns of that. Then the heading has it. Tab and the pointer end this.
 */
export function holdFocus(button: Element | null): void {
  if (!(button instanceof HTMLElement) || button === document.body) return
  letGo()
  let acted = false
  const hold = () => {
    const acts = button.matches('[data-loading]')
    acted ||= acts
    if (!focusIsLost()) return
    const isOver = acted && !acts && button.matches(':disabled')
    if (button.isConnected && !isOver) return button.focus({ preventScroll: true })
    letGo()
    keepFocus()
  }
  const watch = new MutationObserver(hold)
  const goOn = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.key === 'Tab') letGo()
  }
  letGo = () => {
    watch.disconnect()
    document.removeEventListener('keydown', goOn, true)
    document.removeEventListener('pointerdown', goOn, true)
  }
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'data-loading'],
  })
  document.addEventListener('keydown', goOn, true)
  document.addEventListener('pointerdown', goOn, true)
}

/** What has the focus; for an item of a menu, which goes with its menu, the button that opened it. */
export function focusedButton(): Element | null {
  const focused = document.activeElement
  const opener = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  return opener ? document.getElementById(opener) : focused
}
