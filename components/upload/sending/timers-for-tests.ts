import type { Timers } from './timers.ts'

interface Pending {
  at: number
  callback: () => void
}

/**
 * Timers that move only when a test advances them. Waits of up to `quickMs` elapse on the next turn, for retries that
 * the test is not about.
 */
export function timersForTests({ quickMs = 0 } = {}): Timers & {
  advance(milliseconds: number): void
  /** Time goes by, and nothing that is due runs: the device sleeps. */
  sleep(milliseconds: number): void
} {
  let now = 0
  let pending: Pending[] = []
  const fire = (due: Pending) => {
    if (!pending.includes(due)) return
    pending = pending.filter((each) => each !== due)
    due.callback()
  }
  return {
    now: () => now,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback }
      pending.push(entry)
      if (milliseconds <= quickMs) setImmediate(() => fire(entry))
      return () => {
        pending = pending.filter((each) => each !== entry)
      }
    },
    sleep(milliseconds) {
      now += milliseconds
    },
    advance(milliseconds) {
      const until = now + milliseconds
      for (;;) {
        const [next] = pending.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (!next) break
        now = Math.max(now, next.at)
        fire(next)
      }
      now = until
    },
  }
}
