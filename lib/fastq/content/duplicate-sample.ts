/** Distinct sequences that are followed: the first ones of the file. */
const FOLLOWED_MAX = 100_000
/** A power of two well above it. */
const SLOTS = 262_144
/** Reads longer than this are compared by their first bases: errors gather at the end of a read. */
const WHOLE_BASES_MAX = 75
const COMPARED_BASES = 50
/** The prime of FNV-1a, and another one, for two independent halves of 64 bits. */
const PRIMES = [0x01000193, 0x5bd1e995] as const

/**
 * How often the first 100,000 distinct sequences of a file occur in all of it, as FastQC estimates duplication (its help,
 * "Duplicate Sequences"): a file's beginning stands for the file, and memory stays flat. Sequences are not kept, only
 * 64 bits of each.
 */
export class DuplicateSample {
  readonly #low = new Int32Array(SLOTS)
  readonly #high = new Int32Array(SLOTS)
  readonly #counts = new Uint32Array(SLOTS)
  #followed = 0
  #reads = 0
  /** Reads seen when the last sequence was taken up. */
  #readsWhenFull = 0

  add(bytes: Uint8Array, sequence: number, length: number): void {
    const end = sequence + (length > WHOLE_BASES_MAX ? COMPARED_BASES : length)
    let low = 0x811c9dc5 | 0
    let high = 0x2f0b4c47 | 0
    for (let at = sequence; at < end; at++) {
      const letter = bytes[at]!
      low = Math.imul(low ^ letter, PRIMES[0])
      high = Math.imul(high ^ letter, PRIMES[1])
      high ^= high >>> 15
    }
    this.#reads++
    const counts = this.#counts
    let slot = (low ^ (high >>> 11)) & (SLOTS - 1)
    while (counts[slot]! > 0) {
      if (this.#low[slot] === low && this.#high[slot] === high) {
        counts[slot]!++
        if (this.#followed < FOLLOWED_MAX) this.#readsWhenFull = this.#reads
        return
      }
      slot = (slot + 1) & (SLOTS - 1)
    }
    if (this.#followed >= FOLLOWED_MAX) return
    this.#low[slot] = low
    this.#high[slot] = high
    counts[slot] = 1
    this.#followed++
    this.#readsWhenFull = this.#reads
  }

  /** The share of reads that repeat another one; null without reads. */
  estimate(): number | null {
    if (this.#reads === 0) return null
    const sequencesByCount = new Map<number, number>()
    for (const count of this.#counts) {
      if (count > 0) sequencesByCount.set(count, (sequencesByCount.get(count) ?? 0) + 1)
    }
    let sequences = 0
    let reads = 0
    for (const [count, observed] of sequencesByCount) {
      const all = observed / this.#chanceToBeFollowed(count, observed)
      sequences += all
      reads += all * count
    }
    return 1 - sequences / reads
  }

  /** How likely a sequence that occurs `count` times is among the followed ones. */
  #chanceToBeFollowed(count: number, observed: number): number {
    const missedReads = this.#reads - this.#readsWhenFull
    if (missedReads === 0 || this.#reads - observed < this.#readsWhenFull) return 1
    // None of its copies among the first reads: the product of (1 - count / reads left), for as long as it matters.
    const negligible = 1 - observed / (observed + 0.01)
    let unseen = 1
    for (let read = 0; read < this.#readsWhenFull && unseen >= negligible; read++) {
      unseen *= 1 - count / (this.#reads - read)
    }
    return unseen < negligible ? 1 : 1 - unseen
  }
}
