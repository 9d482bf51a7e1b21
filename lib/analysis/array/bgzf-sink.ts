import type { FileHandle } from 'node:fs/promises'
import { constants, crc32, deflateRawSync, type ZlibOptions } from 'node:zlib'
import { type ByteSink, FileSink } from './file-sink.ts'

/** Text bytes of every block but the last, as htslib cuts them. */
export const BGZF_BLOCK_BYTES = 0xff00
const BLOCK_BYTES_MAX = 0x10000
const HEADER_BYTES = 18
const TRAILER_BYTES = 8
/**
 * Codes of single letters, without a search for repetitions: half the time of level 1 for files a fifth larger, and
 * packing is the dearest part of an analysis. Packed here and now: Node's own threads cost a third more, and a chunk as
 * large as a block spares rounds.
 */
const QUICK_PACKING = { level: 1, strategy: constants.Z_HUFFMAN_ONLY, chunkSize: BLOCK_BYTES_MAX }

/** For text that repeats itself, line after line. */
export const CLOSE_PACKING: ZlibOptions = { level: 4, chunkSize: BLOCK_BYTES_MAX }

export interface BgzfOptions {
  packing: ZlibOptions
  /** Whether the end is marked: a piece of a file has no end. */
  endMark: boolean
}

/** "An empty block marks the end of the file", byte for byte as the specification prints it. */
export const END_OF_FILE = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

/**
 * Writes BGZF (SAM specification, section 4.1): gzip in independent blocks, so that an index can point into it. The
 * same text gives the same bytes: no name and no time stand in the headers.
 */
export class BgzfSink implements ByteSink {
  /** Where each block starts in the file; complete once the sink has ended, the end mark included. */
  readonly blockStarts: number[] = [0]
  readonly #file: FileSink
  readonly #text = new Uint8Array(BGZF_BLOCK_BYTES)
  readonly #options: BgzfOptions
  #textLength = 0

  constructor(file: FileHandle, options: Partial<BgzfOptions> = {}) {
    this.#file = new FileSink(file)
    this.#options = { packing: QUICK_PACKING, endMark: true, ...options }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + BGZF_BLOCK_BYTES - this.#textLength)
      this.#text.set(piece, this.#textLength)
      this.#textLength += piece.length
      at += piece.length
      if (this.#textLength === BGZF_BLOCK_BYTES) await this.#writeBlock()
    }
  }

  async end(): Promise<void> {
    if (this.#textLength > 0) await this.#writeBlock()
    if (this.#options.endMark) await this.#file.write(END_OF_FILE)
  }

  async #writeBlock(): Promise<void> {
    const block = packBlock(this.#text.subarray(0, this.#textLength), this.#options.packing)
    this.#textLength = 0
    this.blockStarts.push(this.blockStarts.at(-1)! + block.length)
    await this.#file.write(block)
  }
}

function packBlock(text: Uint8Array, packing: ZlibOptions): Buffer {
  const packed = deflateRawSync(text, packing)
  const size = HEADER_BYTES + packed.length + TRAILER_BYTES
  if (size > BLOCK_BYTES_MAX) throw new Error('A block grew beyond what BGZF can hold')
  const block = Buffer.allocUnsafe(size)
  END_OF_FILE.copy(block, 0, 0, HEADER_BYTES)
  block.writeUInt16LE(size - 1, HEADER_BYTES - 2)
  packed.copy(block, HEADER_BYTES)
  block.writeUInt32LE(crc32(text), size - TRAILER_BYTES)
  block.writeUInt32LE(text.length, size - 4)
  return block
}
