import { open } from 'node:fs/promises'

const PIECE_BYTES = 524_288

/** A file from its beginning to its end. A piece is void once the next one is asked for. */
export async function* readPieces(file: string): AsyncGenerator<Uint8Array, void, void> {
  const handle = await open(file)
  try {
    // One buffer for all: a fresh one for each piece costs more than the copying itself.
    const buffer = new Uint8Array(PIECE_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read({ buffer })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
