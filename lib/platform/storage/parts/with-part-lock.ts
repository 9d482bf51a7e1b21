import type { Locker } from '@tus/utils'

/** How long to wait for a PATCH that was asked to let go. */
const LOCK_TIMEOUT_MS = 10_000

/** Run `use` as the only writer of this part across all processes. */
export async function exclusively<T>(locker: Locker, id: string, use: () => Promise<T>): Promise<T> {
  const lock = locker.newLock(id)
  // What runs here cannot be asked to stop half way; it is short.
  await lock.lock(AbortSignal.timeout(LOCK_TIMEOUT_MS), () => {}).catch(refuse)
  try {
    return await use()
  } finally {
    await lock.unlock()
  }
}

/** The locker rejects with what the tus server answers, which is no Error. */
function refuse(thrown: unknown): never {
  throw thrown instanceof Error ? thrown : new Error('Somebody else is at this part and does not let go')
}
