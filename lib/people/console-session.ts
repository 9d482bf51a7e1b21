/** Seconds that sessions of the console last. */
export const CONSOLE_SESSION = {
  /** After the last request. */
  idleSeconds: 86_400,
  /** After signing in, whatever happens; the browser forgets its cookie then, too. */
  wholeSeconds: 30 * 86_400,
  /** "Last seen" is kept to this: it must not cost every request a write. */
  seenSeconds: 300,
} as const
