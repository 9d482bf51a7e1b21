import { createHash } from 'node:crypto'
import type { Stored } from '#lib/platform/storage/blobs/blob-store.ts'

/** Passes bytes on, and measures them on the way; `result` is right once the last one has passed. */
export function measureBytes(chunks: AsyncIterable<Uint8Array>): {
  passed: AsyncGenerator<Uint8Array, void, void>
  result: () => Stored
} {
  const hash = createHash('sha256')
  let size = 0
  async function* pass() {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
  }
  return { passed: pass(), result: () => ({ size, sha256: hash.digest('hex') }) }
}
