import { createHash } from 'node:crypto'
import type { Stored } from './blob-store.ts'

/** Counts and hashes bytes on their way into a store. */
export class ByteDigest {
  readonly #hash = createHash('sha256')
  #size = 0

  async *over(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk)
      this.#size += chunk.byteLength
      yield chunk
    }
  }

  /** Once, after the last byte. */
  result(): Stored {
    return { size: this.#size, sha256: this.#hash.digest('hex') }
  }
}
