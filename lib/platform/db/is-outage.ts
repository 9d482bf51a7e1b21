/** SQLSTATE classes that pass by themselves: connection trouble, shutdown and start-up, resources, serialisation. */
const PASSING = /^(?:08|53|57P0|40001|40P01)/
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])

/** Whether an error says that the database is away for the moment, rather than that a statement is wrong. */
export function isOutage(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && (PASSING.test(code) || SYSTEM.has(code))) return true
  // The driver's own words for a connection that went away, or that none was free in time.
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect/i.test(message)
  )
}
