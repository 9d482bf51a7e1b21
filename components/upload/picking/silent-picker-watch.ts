/** An event of the window, for the bridge: the chooser never answered. */
export const SILENT_PICKER = 'arraydrop:silent-picker'

/** The chooser is closed, and a file or a cancellation should have been reported by then. */
const AFTER_FOCUS_MS = 1_500
/** The page never lost the focus: no chooser came up at all. */
const WITHOUT_CHOOSER_MS = 4_000

/** Notices a chooser that never answers: some apps that show web pages swallow it without a word. */
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
      // Without the focus a chooser is still up; its end brings the focus back and asks again.
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
