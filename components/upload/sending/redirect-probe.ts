import type { Timers } from './timers.ts'

const TIMEOUT_MS = 10_000

/**
 * Whether something on the way answers for this address with a redirect, as networks do that want a sign-in; our server
 * never does. The requests of tus only fail then: they follow a redirect, which leads where the page may not go. Never
 * throws, ends when `abort` does, and sends neither the link nor a byte of the file.
 */
export async function isRedirected(
  address: string,
  timers: Timers,
  abort: AbortController,
): Promise<boolean> {
  const cancel = timers.after(TIMEOUT_MS, () => abort.abort())
  try {
    const { type, status } = await fetch(address, {
      method: 'OPTIONS',
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    })
    return type === 'opaqueredirect' || (status >= 300 && status <= 399)
  } catch {
    return false
  } finally {
    cancel()
  }
}
