/** Bytes that can be read at random: a `File` in the page, a stored object on the server, an array in a test. */
export interface ByteSource {
  readonly size: number
  /** Bytes `start` (inclusive) to `end` (exclusive), clipped to the source. Rejects when they cannot be read. */
  read(start: number, end: number): Promise<Uint8Array>
}

export function fromBytes(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (start, end) => bytes.subarray(Math.max(0, start), Math.min(bytes.length, end)),
  }
}
