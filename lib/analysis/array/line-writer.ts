import type { ByteSink } from './file-sink.ts'

const BUFFER_BYTES = 262_144
/** Room kept free for one more line: ids have 64 bytes at most, names of contigs a few hundred. */
const LINE_BYTES_MAX = 4_096

/** Puts the line of a row into `buffer` at `at`, up to 4 KB; answers where it ends. */
export type PutLine = (row: number, buffer: Uint8Array, at: number) => number

/** Puts lines together as bytes and hands them on in large pieces: a string a line would cost more than all the rest. */
export class LineWriter {
  readonly #sink: ByteSink
  readonly #buffer = new Uint8Array(BUFFER_BYTES)
  #length = 0
  /** Bytes that were handed on before those in the buffer. */
  flushed = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /** Header lines, of any length. */
  async text(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text)
    await this.#flush()
    await this.#sink.write(bytes)
    this.flushed += bytes.length
  }

  async lines(rows: Uint32Array, put: PutLine): Promise<void> {
    for (let n = 0; n < rows.length; n++) {
      this.#length = put(rows[n]!, this.#buffer, this.#length)
      if (this.#length > BUFFER_BYTES - LINE_BYTES_MAX) await this.#flush()
    }
    await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.#sink.write(this.#buffer.subarray(0, this.#length))
    this.flushed += this.#length
    this.#length = 0
  }
}
