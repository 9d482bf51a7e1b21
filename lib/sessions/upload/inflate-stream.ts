import { Duplex } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'

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
