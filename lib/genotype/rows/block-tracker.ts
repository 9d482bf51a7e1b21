import { CHROMOSOME_CODES } from '../chromosomes.ts'

/** So few rows of another chromosome, before the file returns to the one it was on, are strays and no block. */
const STRAYS_MAX = 3

/** Follows the blocks of rows of one chromosome, and counts rows that stand outside their chromosome's block. */
export class BlockTracker {
  outOfBlock = 0
  /** Where the first such row stands; 0 while there is none. */
  firstLineOutOfBlock = 0
  /** Blocks that begin behind one of a later chromosome: files sorted as text have them, vendors' do not. */
  blocksOutOfOrder = 0

  #block = 0
  #latestBlock = 0
  /** The block is one of a chromosome that had ended. */
  #returned = false
  readonly #ended = new Uint8Array(CHROMOSOME_CODES)
  /** Rows of another chromosome whose block has not begun for certain. */
  #candidate = 0
  #candidateRows = 0
  #candidateLine = 0

  /** Whether the row continues the current block. */
  follow(chromosome: number, line: number): boolean {
    if (chromosome === this.#block && this.#candidateRows === 0) {
      if (this.#returned) this.#blame(1, line)
      return true
    }
    if (chromosome === this.#block) {
      this.#blame(this.#candidateRows, this.#candidateLine)
      this.#candidateRows = 0
      if (this.#returned) this.#blame(1, line)
      return false
    }
    if (chromosome !== this.#candidate || this.#candidateRows === 0) {
      if (this.#candidateRows > 0) this.#begin()
      this.#candidate = chromosome
      this.#candidateLine = line
    }
    this.#candidateRows++
    if (this.#candidateRows > STRAYS_MAX) this.#begin()
    return false
  }

  /** No more rows follow. */
  end(): void {
    if (this.#candidateRows > 0) this.#begin()
  }

  /** The candidate is a block of its own. */
  #begin(): void {
    this.#ended[this.#block] = 1
    this.#block = this.#candidate
    this.#returned = this.#ended[this.#block] === 1
    if (this.#returned) this.#blame(this.#candidateRows, this.#candidateLine)
    else if (this.#block < this.#latestBlock) this.blocksOutOfOrder++
    this.#latestBlock = Math.max(this.#latestBlock, this.#block)
    this.#candidateRows = 0
  }

  #blame(rows: number, line: number): void {
    this.outOfBlock += rows
    this.firstLineOutOfBlock ||= line
  }
}
