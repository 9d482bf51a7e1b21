/** Numbers are kept in pages, so that growing copies nothing. */
const PAGE_NUMBERS = 1 << 15
/** Numbers below this fit four bytes. */
const SMALL_END = 0x1_0000_0000
/** Bits of a hash beyond those that would number all numbers: one hash in 8 to 16 is taken, a full export's are 1 MB. */
const SPARE_BITS = 3
const LARGE_SLOTS = 1 << 14
/** Filled further than this, a table gets slow. */
const LOAD_MAX = 0.7

/**
 * Counts how many of the numbers given occurred before. Numbers are whole, not negative and below 2^53; a million of
 * them below 2^32, as rsids are, cost 8 MB and no garbage. Grows without bound; the caller bounds the rows.
 */
export class DuplicateCounter {
  readonly #pages: Int32Array<ArrayBuffer>[] = []
  #page = new Int32Array(PAGE_NUMBERS)
  #pageLength = 0
  #large: LargeNumbers | undefined

  add(number: number): void {
    if (number >= SMALL_END) {
      this.#large ??= new LargeNumbers()
      this.#large.add(number)
      return
    }
    if (this.#pageLength === PAGE_NUMBERS) {
      this.#pages.push(this.#page)
      this.#page = new Int32Array(PAGE_NUMBERS)
      this.#pageLength = 0
    }
    this.#page[this.#pageLength++] = number | 0
  }

  /** How many of the numbers so far had occurred before. */
  count(): number {
    const pages = [...this.#pages, this.#page.subarray(0, this.#pageLength)]
    return countRepeated(pages) + (this.#large?.repeated ?? 0)
  }
}

/**
 * Exact without a table of all numbers, every look into which would wait for memory: a bit for each hash tells which
 * hashes occur again, and only the few numbers that have one of those are sorted and compared.
 */
function countRepeated(pages: Int32Array<ArrayBuffer>[]): number {
  const numbers = pages.reduce((sum, page) => sum + page.length, 0)
  const hashBits = Math.ceil(Math.log2(numbers + 4)) + SPARE_BITS
  const hashes = { shift: 32 - hashBits, seen: bitsOf(hashBits), again: bitsOf(hashBits) }
  for (const page of pages) markHashes(page, hashes)
  const suspects = new Int32Array(numbers)
  let length = 0
  for (const page of pages) length = copySuspects(page, hashes, suspects, length)
  return countEqualNeighbours(suspects.subarray(0, length).sort())
}

/** A bit for each hash: those that occur, and those that occur again. */
interface Hashes {
  shift: number
  seen: Int32Array
  again: Int32Array
}

const bitsOf = (hashBits: number) => new Int32Array(2 ** (hashBits - 5))

/** The highest bits depend on all of the number's. */
const hashOf = (number: number): number => Math.imul(number ^ (number >>> 15), 0x9e37_79b1)

function markHashes(page: Int32Array, { shift, seen, again }: Hashes): void {
  for (let index = 0; index < page.length; index++) {
    const hash = hashOf(page[index]!) >>> shift
    const word = hash >>> 5
    const bit = 1 << (hash & 31)
    if ((seen[word]! & bit) === 0) seen[word]! |= bit
    else again[word]! |= bit
  }
}

/** Copy the numbers of hashes that occur again to `target` at `at`; answers where the next goes. */
function copySuspects(page: Int32Array, { shift, again }: Hashes, target: Int32Array, at: number): number {
  let next = at
  for (let index = 0; index < page.length; index++) {
    const number = page[index]!
    const hash = hashOf(number) >>> shift
    if ((again[hash >>> 5]! & (1 << (hash & 31))) !== 0) target[next++] = number
  }
  return next
}

function countEqualNeighbours(sorted: Int32Array): number {
  let equal = 0
  for (let index = 1; index < sorted.length; index++) if (sorted[index] === sorted[index - 1]) equal++
  return equal
}

/** Numbers of any size, as rare as ids that are not as we know them: one table that grows. */
class LargeNumbers {
  repeated = 0
  #slots = new Float64Array(LARGE_SLOTS)
  #distinct = 0

  add(number: number): void {
    if (this.#distinct > this.#slots.length * LOAD_MAX) this.#grow()
    if (this.#put(number)) this.#distinct++
    else this.repeated++
  }

  #grow(): void {
    const numbers = this.#slots.filter((number) => number !== 0)
    this.#slots = new Float64Array(this.#slots.length * 2)
    for (const number of numbers) this.#put(number)
  }

  /** Linear probing; false when it is there. */
  #put(number: number): boolean {
    const slots = this.#slots
    const mask = slots.length - 1
    const hash = hashOf((number | 0) ^ Math.imul((number / 0x1_0000_0000) | 0, 0x85eb_ca6b))
    let slot = (hash ^ (hash >>> 15)) & mask
    while (slots[slot] !== 0 && slots[slot] !== number) slot = (slot + 1) & mask
    if (slots[slot] === number) return false
    slots[slot] = number
    return true
  }
}
