/**
 * SHA-256 of the bytes as 64 lower-case hex digits. The browser's own, off the main thread; where it offers none
 * (a page over plain http on another host than localhost), ours, in steps that leave the page alive.
 */
export async function digestFile(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (subtle) return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)))
  const { sha256InSteps } = await import('./sha256-in-steps.ts')
  return hex(await sha256InSteps(bytes))
}

const hex = (digest: Uint8Array): string =>
  Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
