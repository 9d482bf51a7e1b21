import type { Locker } from '@tus/utils'

/** How long to wait for a PATCH that was asked to let go. */
const LOCK_TIMEOUT_MS = 10_000

/** Run `use` as the only writer of this part across all processes. */
export async function withPartLock<T>(locker: Locker, id: string, use: () => Promise<T>): Promise<T> {
  const lock = locker.newLock(id)
  // `use` is short and cannot be interrupted.
  await lock.lock(AbortSignal.timeout(LOCK_TIMEOUT_MS), () => {}).catch(refuse)
  try {
    return await use()
  } finally {
    await lock.unlock()
  }
}

/** The locker rejects with a response of the tus server, which is not an Error. */
function refuse(thrown: unknown): never {
  throw thrown instanceof Error ? thrown : new Error('Another request holds this part and does not let go')
}
