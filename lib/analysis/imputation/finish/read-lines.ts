import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 262_144

/**
 * The lines of a packed text, without their ends, many at a time: one by one, waiting would take longer than reading.
 * Rejects for a text that is cut off.
 */
export async function* packedLines(file: string): AsyncGenerator<string[], void, void> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  const text = createGunzip({ chunkSize: CHUNK_BYTES })
  source.once('error', (error) => text.destroy(error))
  source.pipe(text)
  let rest = ''
  try {
    for await (const chunk of text) {
      const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n')
      rest = lines.pop()!
      yield lines
    }
  } finally {
    source.destroy()
  }
  if (rest !== '') throw new Error('A packed text has no end')
}
