/**
 * Whether a store unpacked what it stores before it sent it: Google's does so for objects with `Content-Encoding: gzip`
 * unless the request accepts gzip. Such a response has neither the size nor the bytes of the file.
 */
export const isUnpacked = (headers: Record<string, string>): boolean =>
  headers['x-goog-stored-content-encoding'] === 'gzip' && headers['content-encoding'] !== 'gzip'

/** Headers of a request for the bytes as they are stored. Only for stores that unpack: others might pack them once more. */
export const ACCEPT_PACKED = { 'accept-encoding': 'gzip' } as const
