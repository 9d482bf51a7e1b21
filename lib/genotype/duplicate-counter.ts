const SLOTS_FIRST = 1 << 20
/** Filled further than this, a table gets slow. */
const LOAD_MAX = 0.7
/** Numbers looked up in one go: lookups wait for memory, and a short loop lets many of them wait at once. */
const BATCH = 8192

/**
 * Counts how many of the numbers given occurred before. Numbers are whole, not negative and below 2^53; a million of
 * them cost 16 MB and no garbage. Grows without bound; the caller bounds the rows.
 */
export class DuplicateCounter {
  private readonly batch = new Float64Array(BATCH)
  private batched = 0
  private slots = new Float64Array(SLOTS_FIRST)
  private distinct = 0
  private duplicates = 0

  add(number: number): void {
    // 0 marks a free slot.
    this.batch[this.batched++] = number + 1
    if (this.batched === BATCH) this.lookUp()
  }

  /** How many of the numbers so far had occurred before. */
  count(): number {
    this.lookUp()
    return this.duplicates
  }

  private lookUp(): void {
    const { batch, batched } = this
    if (this.distinct + batched > this.slots.length * LOAD_MAX) this.grow()
    const added = addAll(this.slots, batch, batched)
    this.distinct += added
    this.duplicates += batched - added
    this.batched = 0
  }

  private grow(): void {
    const entries = this.slots.filter((entry) => entry !== 0)
    this.slots = new Float64Array(this.slots.length * 2)
    addAll(this.slots, entries, entries.length)
  }
}

/** Put entries into a table with linear probing; answers how many were not in it. */
function addAll(slots: Float64Array, entries: Float64Array, length: number): number {
  const mask = slots.length - 1
  let added = 0
  for (let index = 0; index < length; index++) {
    const entry = entries[index]!
    const high = (entry / 0x1_0000_0000) | 0
    const mixed = Math.imul((entry | 0) ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1)
    let slot = (mixed ^ (mixed >>> 15)) & mask
    let found = slots[slot]!
    while (found !== 0 && found !== entry) {
      slot = (slot + 1) & mask
      found = slots[slot]!
    }
    if (found === 0) {
      slots[slot] = entry
      added++
    }
  }
  return added
}
