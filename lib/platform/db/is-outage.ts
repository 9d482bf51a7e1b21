/**
 * SQLSTATE classes of temporary failures: connection trouble, shutdown and start-up, resources, serialisation, and
 * a statement that timed out (57014).
 */
const PASSING = /^(?:08|53|57P0|57014|40001|40P01)/
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // The store of files.
  'STORAGE_OUTAGE',
])
/** The driver's own messages, which have no code. */
const DRIVER =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|^timeout expired$|connection error and is not queryable|Client was closed/i

/** Whether an error means that the database or the file storage is temporarily away, rather than that a statement is wrong. */
export function isOutage(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && (PASSING.test(code) || SYSTEM.has(code))) return true
  return typeof message === 'string' && DRIVER.test(message)
}
