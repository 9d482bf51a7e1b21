/** Flushing small files is mostly waiting for the disk, so several flushes share one wait. */
const AT_ONCE = 16

/** Do something with each item, 16 at a time. Rejects with the first failure, once running acts have ended. */
export async function inParallel<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items].toReversed()
  const lane = async () => {
    try {
      for (let item = rest.pop(); item !== undefined; item = rest.pop()) await act(item)
    } catch (error) {
      rest.length = 0
      throw error
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane))
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason
}
