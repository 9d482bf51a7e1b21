const RETRY_MS = 2_000

/** Loads a part of the page's script, again and again until it is there. Returns a function that stops it. */
export function loadPart<Part>(load: () => Promise<Part>, onLoaded: (part: Part) => void): () => void {
  let over = false
  let next: ReturnType<typeof setTimeout> | undefined
  const attempt = () =>
    load().then(
      (part) => {
        if (!over) onLoaded(part)
      },
      () => {
        if (!over) next = setTimeout(attempt, RETRY_MS)
      },
    )
  void attempt()
  return () => {
    over = true
    clearTimeout(next)
  }
}
