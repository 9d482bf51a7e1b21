/** Slots of one file: bytes that can be read, and how many there will be in the end. */
const SLOTS = 2
const UNKNOWN = -1n
const WAIT_MS = 1_000

/**
 * How far files have grown that one thread writes and another reads meanwhile, in memory that both see. A file is named
 * by its place.
 */
export class FileGrowth {
  readonly shared: SharedArrayBuffer
  readonly #slots: BigInt64Array

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared
    this.#slots = new BigInt64Array(shared)
  }

  static of(files: number): FileGrowth {
    const growth = new FileGrowth(new SharedArrayBuffer(files * SLOTS * BigInt64Array.BYTES_PER_ELEMENT))
    for (let file = 0; file < files; file++) growth.#slots[file * SLOTS + 1] = UNKNOWN
    return growth
  }

  /** So many bytes of a file are there now. */
  grow(file: number, bytes: number): void {
    Atomics.store(this.#slots, file * SLOTS, BigInt(bytes))
    Atomics.notify(this.#slots, file * SLOTS)
  }

  /** A file is whole. */
  finish(file: number, bytes: number): void {
    Atomics.store(this.#slots, file * SLOTS + 1, BigInt(bytes))
    this.grow(file, bytes)
  }

  /**
   * Resolves once more than `position` bytes are there, with how many; with `position` when there never will be more, or
   * soon after nobody wants to know any more.
   */
  async beyond(file: number, position: number, wanted: () => boolean): Promise<number> {
    while (wanted()) {
      const total = Atomics.load(this.#slots, file * SLOTS + 1)
      const there = Number(Atomics.load(this.#slots, file * SLOTS))
      if (there > position || (total !== UNKNOWN && position >= Number(total)))
        return Math.max(there, position)
      // Not longer: the end may have been told between the two looks.
      await Atomics.waitAsync(this.#slots, file * SLOTS, BigInt(there), WAIT_MS).value
    }
    return position
  }
}
