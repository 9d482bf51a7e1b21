/** Time as the page's effects see it: monotonic, and replaceable in tests. */
export interface Timers {
  /** Milliseconds since a fixed moment. */
  now(): number
  /** Calls back once after this many milliseconds. Returns a function that cancels it. */
  after(milliseconds: number, callback: () => void): () => void
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}
