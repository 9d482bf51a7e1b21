/** One stored object's size in bytes and its SHA-256 as 64 lower-case hex digits. */
export interface Stored {
  size: number
  sha256: string
}

/**
 * Received files and deliverables. Keys are made by us: `[a-z0-9][a-z0-9._-]*` parts joined by `/`, never a name
 * chosen by a stranger. Every implementation passes `blob-store.conformance.ts`.
 */
export interface BlobStore {
  /**
   * Write an object whole, or replace one. Once this resolves the bytes survive a power cut; when it rejects, no part
   * of them is under `key`: only the previous object, or nothing. A chunk is done with before the next is asked
   * for, so its buffer may be used again.
   */
  put(key: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored>
  /**
   * Read an object, or the bytes `start` (inclusive) to `end` (exclusive) of it; `size` is that of the whole object.
   * Rejects with `BlobNotFound`, and with a `RangeError` for bytes that are not there.
   */
  read(
    key: string,
    range?: { start: number; end: number },
  ): Promise<{ size: number; body: ReadableStream<Uint8Array> }>
  /** Run `use` with a path on the local disk that holds the object; the path is void afterwards. */
  withLocalFile<T>(key: string, use: (path: string) => Promise<T>): Promise<T>
  /** Remove everything below a prefix that ends in `/`, or one object. Removing twice is not an error. */
  remove(keyOrPrefix: string): Promise<void>
  /** Keys below a prefix, with size and time of writing, as they are read; those below one folder follow each other. */
  list(prefix: string): AsyncIterable<{ key: string; size: number; modified: Date }>
  /** Rejects, with words for the operator, unless an object can be written, read and removed right now. */
  check(): Promise<void>
}

/** Asked for an object that is not there. */
export class BlobNotFound extends Error {
  constructor(key: string) {
    super(`No stored object ${key}`)
    this.name = 'BlobNotFound'
  }
}

/** By name, not by `instanceof`: Node's copy of this module and the bundler's run in one process. */
export const isBlobNotFound = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === 'BlobNotFound'
