import { readSync } from 'node:fs'
import type { Contig } from './reference.ts'

/** Bytes read at once: on a chip, about twenty rows fall into that. */
const WINDOW_BYTES = 131_072
/** Clears the bit that makes an ASCII letter lower case: soft-masked bases are bases. */
const TO_UPPER = 0xdf

/**
 * Single bases of an open FASTA file, through one window that moves on: for positions in the file's order nothing is
 * read twice, and a genome is never held.
 */
export class BaseReader {
  readonly #file: number
  readonly #window = new Uint8Array(WINDOW_BYTES)
  #windowStart = 0
  #windowLength = 0

  /** A file descriptor, which the caller closes. */
  constructor(file: number) {
    this.#file = file
  }

  /** The base at a position from 1 to the contig's length, as upper-case ASCII. Throws where the index does not fit the file. */
  baseAt(contig: Contig, position: number): number {
    const index = position - 1
    const line = Math.floor(index / contig.lineBases)
    const offset = contig.offset + line * contig.lineBytes + (index - line * contig.lineBases)
    if (offset < this.#windowStart || offset >= this.#windowStart + this.#windowLength) this.#move(offset)
    const base = this.#window[offset - this.#windowStart]! & TO_UPPER
    const isLetter = base >= 0x41 && base <= 0x5a
    if (!isLetter || offset - this.#windowStart >= this.#windowLength) {
      throw new Error('REFERENCE_FASTA does not fit its index: make it again with samtools faidx')
    }
    return base
  }

  #move(offset: number): void {
    this.#windowStart = offset
    this.#windowLength = readSync(this.#file, this.#window, 0, WINDOW_BYTES, offset)
  }
}
