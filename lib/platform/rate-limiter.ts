/** Counts what one key did in the last window, in this process. */
export interface RateLimiter {
  /** Take one of `limit` per `windowSeconds`; undefined when allowed, else the seconds to wait. */
  take(key: string, limit: number, windowSeconds: number): number | undefined
}

/** Keys remembered at once. A flood of new ones makes the limiter forget those that were quiet longest. */
const KEYS_MAX = 10_000

interface Options {
  /** Milliseconds that only go forward, whatever is done to the clock of the machine. */
  monotonicMs?: () => number
  keysMax?: number
}

interface Past {
  /** When each of the last calls was allowed, oldest first. */
  times: number[]
  /** When the newest of them no longer counts. */
  quietAt: number
}

/**
 * Never more than `limit` in any stretch of `windowSeconds`; a refused call costs nothing. Memory is bounded: at most
 * `keysMax` keys, with at most `limit` times each.
 */
export function createRateLimiter(options: Options = {}): RateLimiter {
  const { monotonicMs = () => performance.now(), keysMax = KEYS_MAX } = options
  // A Map keeps the order of insertion, and each use inserts anew: the quietest key stands first.
  const pasts = new Map<string, Past>()

  function makeRoom(now: number): void {
    for (const [key, { quietAt }] of pasts) {
      if (quietAt > now && pasts.size <= keysMax) return
      pasts.delete(key)
    }
  }

  return {
    take(key, limit, windowSeconds) {
      const now = monotonicMs()
      const windowMs = windowSeconds * 1_000
      const times = (pasts.get(key)?.times ?? []).filter((time) => time > now - windowMs)
      const allowed = times.length < limit
      if (allowed) times.push(now)
      const newest = times.at(-1) ?? now
      pasts.delete(key)
      pasts.set(key, { times, quietAt: newest + windowMs })
      makeRoom(now)
      if (allowed) return undefined
      const frees = times.at(-limit) ?? newest
      return Math.max(1, Math.ceil((frees + windowMs - now) / 1_000))
    },
  }
}
