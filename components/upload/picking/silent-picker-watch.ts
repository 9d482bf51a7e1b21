/** DOM event on the window, for the bridge: the chooser never opened. */
export const SILENT_PICKER = 'arraydrop:silent-picker'

/** After the chooser closes, a file or a cancellation should be reported within this time. */
const AFTER_FOCUS_MS = 1_500
/** If the page never lost the focus by then, no chooser opened. */
const WITHOUT_CHOOSER_MS = 4_000

/** Detects a chooser that never opens: some apps that show web pages block it silently. */
export interface SilentPickerWatch {
  asked(): void
  answered(): void
  stop(): void
}

export function silentPickerWatch(onSilent: () => void): SilentPickerWatch {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cameBack = () => wait(AFTER_FOCUS_MS)
  function stop(): void {
    clearTimeout(timer)
    if (typeof window !== 'undefined') window.removeEventListener('focus', cameBack)
  }
  function wait(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // Without the focus a chooser is still open; closing it restores the focus and starts the wait again.
      if (!document.hasFocus() || document.hidden) return
      stop()
      onSilent()
    }, milliseconds)
  }
  return {
    asked() {
      stop()
      window.addEventListener('focus', cameBack)
      wait(WITHOUT_CHOOSER_MS)
    },
    answered: stop,
    stop,
  }
}
