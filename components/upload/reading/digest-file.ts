import { loadWithin } from '../load-within.ts'

/**
 * SHA-256 of the bytes as 64 lower-case hex digits. Uses the browser's implementation, off the main thread; if there is
 * none (plain http on a host other than localhost), our own, in steps that keep the page responsive.
 */
export async function digestFile(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle) return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)))
  const { sha256InSteps } = await loadWithin(() => import('./sha256-in-steps.ts'))
  return hex(await sha256InSteps(bytes))
}

const hex = (digest: Uint8Array): string =>
  Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
