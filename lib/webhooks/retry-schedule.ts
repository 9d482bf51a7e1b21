import { RETRY_JITTER, RETRY_SECONDS, WEBHOOK_RETRY_AFTER_SECONDS_MAX } from './limits.ts'

/**
 * Seconds to wait after this attempt, counted from 1, has failed; undefined after the last one. `random` is in [0, 1);
 * what the receiver asked for counts where it is longer, up to a day.
 */
export function retryDelay(
  attempt: number,
  { random, retryAfterSeconds = 0 }: { random: number; retryAfterSeconds?: number | undefined },
): number | undefined {
  const planned = RETRY_SECONDS[attempt - 1]
  if (planned === undefined) return undefined
  const jittered = planned * (1 - RETRY_JITTER + 2 * RETRY_JITTER * random)
  return Math.max(jittered, Math.min(retryAfterSeconds, WEBHOOK_RETRY_AFTER_SECONDS_MAX))
}

/** `Retry-After` in seconds, written as seconds or as a date (RFC 9110, 10.2.3); undefined for anything else. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const at = /GMT$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1_000)
}
