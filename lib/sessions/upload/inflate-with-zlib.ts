import { Duplex } from 'node:stream'
import { constants, createGunzip, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { InflatedHead, Inflater, PackedHead } from '#lib/genotype/zip/inflate-head.ts'

/** `InflateHead` by Node's zlib, for the thread that checks archives. One step of packed bytes makes 8.4 MB at most. */
async function inflateWithZlib({ packed, bytesMax }: PackedHead): Promise<InflatedHead> {
  try {
    const text = inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH })
    return { text: new Uint8Array(text.subarray(0, bytesMax)), produced: text.length }
  } catch {
    return { text: new Uint8Array(0), produced: 0 }
  }
}

/** `InflateWhole` by Node's zlib. */
async function inflateWholeWithZlib(
  packed: Uint8Array,
  onText: (chunk: Uint8Array) => boolean,
): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: STEP_BYTES })
  inflate.end(packed)
  try {
    for await (const chunk of inflate) if (!onText(chunk as Uint8Array)) break
  } catch {
    // Damaged: the text ends here.
  }
}

export const ZLIB_INFLATER: Inflater = { head: inflateWithZlib, whole: inflateWholeWithZlib }

/** Bytes inflated at once. The web's own stream hands on 16 KB at a time, which costs a quarter of a whole check. */
const STEP_BYTES = 262_144

/** `DecompressionStream` for zip.js in larger steps; of the formats it asks for, raw deflate and gzip. */
export class InflateStream {
  readonly readable: ReadableStream
  readonly writable: WritableStream

  constructor(format: string) {
    const options = { chunkSize: STEP_BYTES }
    if (format !== 'gzip' && format !== 'deflate-raw') throw new TypeError('Not a format of zip archives')
    const inflater = format === 'gzip' ? createGunzip(options) : createInflateRaw(options)
    const { readable, writable } = Duplex.toWeb(inflater)
    this.readable = readable as ReadableStream
    this.writable = writable as WritableStream
  }
}
