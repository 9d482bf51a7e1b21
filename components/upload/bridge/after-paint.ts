/** Longer than two frames take anywhere; in a hidden page there are none. */
const WITHOUT_FRAMES_MS = 250

/** Acts once, when what was just decided has been drawn. */
export function afterPaint(act: () => void): void {
  let done = false
  const once = () => {
    if (!done) act()
    done = true
  }
  setTimeout(once, WITHOUT_FRAMES_MS)
  requestAnimationFrame(() => requestAnimationFrame(once))
}
