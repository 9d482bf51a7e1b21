/** Counts what one key did in the last window, in this process. */
export interface RateLimiter {
  /** Take one of `limit` per `windowSeconds`; undefined when allowed, else the seconds to wait. */
  take(key: string, limit: number, windowSeconds: number): number | undefined
}
