/** Seconds that sessions of the console last. */
export const CONSOLE_SESSION = {
  /** After the last request. */
  idleSeconds: 86_400,
  /** After signing in, at most; the browser drops its cookie then as well. */
  wholeSeconds: 30 * 86_400,
  /** Precision of "last seen", so that not every request costs a write. */
  seenSeconds: 300,
} as const
