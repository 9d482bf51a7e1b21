const DEADLOCK_TRIES_MAX = 5

/**
 * Does a transaction again that PostgreSQL has aborted because another one, of a deletion or of what ends beside it, locked
 * the same rows in the other order.
 */
export async function despiteDeadlocks<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const deadlock = error instanceof Error && 'code' in error && error.code === '40P01'
      if (!deadlock || tries === DEADLOCK_TRIES_MAX) throw error
    }
  }
}
