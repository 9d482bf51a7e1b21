/** Up to here an object is sent in one request; above it, in parts of this size. At most three are in memory. */
export const PART_BYTES = 16 * 1_024 * 1_024
/** A store takes 10,000 parts: from this one on they are larger, which makes 390 GiB in all. */
const LARGER_FROM_PART = 5_000
const LARGER_PART_BYTES = 4 * PART_BYTES

/** Copies of chunks, joined to parts of full size and a last one, which may be empty. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  let held: Buffer[] = []
  let bytes = 0
  let part = 1
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk)
    for (;;) {
      const room = (part < LARGER_FROM_PART ? PART_BYTES : LARGER_PART_BYTES) - bytes
      if (rest.length < room) break
      yield Buffer.concat([...held, rest.subarray(0, room)])
      rest = rest.subarray(room)
      held = []
      bytes = 0
      part++
    }
    held.push(rest)
    bytes += rest.length
  }
  yield Buffer.concat(held)
}
