import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'

/**
 * SHA-256 of bytes, or of a text in UTF-8. Made at once, as signatures are: WebCrypto hands each of them to another thread, and the way
 * there takes longer than the work.
 */
export const sha256Of = (data: string | Uint8Array): Buffer => hash('sha256', data, 'buffer')

/** Compare two digests without leaving early. */
export const sameDigest = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)

/** HMAC (RFC 2104) of a text in UTF-8. Bytes become a key object here: Node takes several times as long to tell that they are none. */
export const signText = (algorithm: 'sha256' | 'sha512', key: Uint8Array | string, text: string): Buffer =>
  createHmac(algorithm, typeof key === 'string' ? key : createSecretKey(key))
    .update(text)
    .digest()
