/** Compares the names of two files read by read, while either may be ahead by some. Holds a hash for each read ahead. */
export class ReadNameComparison {
  /** The first read whose names differ, from 1 on. */
  firstDifference: number | undefined
  #ahead = new Int32Array(65_536)
  /** Index in `#ahead` of the next hash to compare, and the index after the last one. */
  #from = 0
  #to = 0
  /** Which file is ahead; any while neither is. */
  #leader = 0
  #compared = 0

  /** The name of the next read of file 0 or 1. */
  note(file: 0 | 1, hash: number): void {
    if (this.#from === this.#to) {
      this.#from = this.#to = 0
      this.#leader = file
    }
    if (file === this.#leader) {
      if (this.#to === this.#ahead.length) this.#makeRoom()
      this.#ahead[this.#to++] = hash
      return
    }
    this.#compared++
    if (this.#ahead[this.#from++] !== hash) this.firstDifference ??= this.#compared
  }

  #makeRoom(): void {
    const held = this.#ahead.subarray(this.#from, this.#to)
    const room = held.length * 2 > this.#ahead.length ? new Int32Array(this.#ahead.length * 2) : this.#ahead
    room.set(held)
    this.#ahead = room
    this.#to -= this.#from
    this.#from = 0
  }
}
