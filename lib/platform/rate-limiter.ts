/** Limits how often each key may act within a window, in this process. */
export interface RateLimiter {
  /** Use one of `limit` calls per `windowSeconds`. Returns undefined when allowed, else the seconds to wait. */
  take(key: string, limit: number, windowSeconds: number): number | undefined
}

/** Keys remembered at once. A flood of new keys makes the limiter forget those unused for longest. */
const KEYS_MAX = 10_000

interface Options {
  /** Monotonic milliseconds, independent of changes to the machine's clock. */
  monotonicMs?: () => number
  keysMax?: number
}

interface Past {
  /** When each of the last calls was allowed, oldest first. */
  times: number[]
  /** So many of them, at the beginning, no longer count: each is passed over once, not looked at by every later call. */
  over: number
  /** When the newest of them no longer counts. */
  quietAt: number
}

/**
 * Never more than `limit` in any stretch of `windowSeconds`; a refused call costs nothing. Memory is bounded: at most
 * `keysMax` keys, with at most twice `limit` times each.
 */
export function createRateLimiter(options: Options = {}): RateLimiter {
  const { monotonicMs = () => performance.now(), keysMax = KEYS_MAX } = options
  // A Map keeps insertion order and each use inserts again, so the key unused for longest comes first.
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
      const past = pasts.get(key) ?? { times: [], over: 0, quietAt: 0 }
      const { times } = past
      while (past.over < times.length && times[past.over]! <= now - windowMs) past.over++
      if (past.over * 2 >= times.length) past.over -= times.splice(0, past.over).length
      const allowed = times.length - past.over < limit
      if (allowed) times.push(now)
      const newest = times.at(-1) ?? now
      past.quietAt = newest + windowMs
      pasts.delete(key)
      pasts.set(key, past)
      makeRoom(now)
      if (allowed) return undefined
      const frees = times.at(-limit) ?? newest
      return Math.max(1, Math.ceil((frees + windowMs - now) / 1_000))
    },
  }
}
