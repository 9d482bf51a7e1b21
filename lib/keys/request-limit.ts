/** Requests a minute of a caller that has no limit of its own. */
export const REQUESTS_PER_MINUTE = 600
/** As many as a key may be given. */
export const KEY_REQUESTS_PER_MINUTE_MAX = 100_000
