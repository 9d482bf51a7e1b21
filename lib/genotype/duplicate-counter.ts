const SMALL_SLOTS = 1 << 20
const LARGE_SLOTS = 1 << 14
/** Filled further than this, a table gets slow. */
const LOAD_MAX = 0.7
/** Numbers looked up in one go: lookups wait for memory, and a short loop lets many of them wait at once. */
const BATCH = 8192
/** Numbers below this fit a slot of four bytes, with 0 for a free one. */
const SMALL_END = 0xffff_ffff

/**
 * Counts how many of the numbers given occurred before. Numbers are whole, not negative and below 2^53; a million of
 * them below 2^32, as rsids are, cost 8 MB and no garbage. Grows without bound; the caller bounds the rows.
 */
export class DuplicateCounter {
  private readonly small = new Table((slots) => new Uint32Array(slots), SMALL_SLOTS)
  private readonly large = new Table((slots) => new Float64Array(slots), LARGE_SLOTS)

  add(number: number): void {
    if (number < SMALL_END) this.small.add(number)
    else this.large.add(number)
  }

  /** How many of the numbers so far had occurred before. */
  count(): number {
    return this.small.count() + this.large.count()
  }
}

type Slots = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

class Table {
  private readonly allocate: (slots: number) => Slots
  private readonly batch: Slots
  private batched = 0
  private slots: Slots
  private distinct = 0
  private duplicates = 0

  constructor(allocate: (slots: number) => Slots, slots: number) {
    this.allocate = allocate
    this.batch = allocate(BATCH)
    this.slots = allocate(slots)
  }

  add(number: number): void {
    this.batch[this.batched++] = number + 1
    if (this.batched === BATCH) this.lookUp()
  }

  count(): number {
    if (this.batched > 0) this.lookUp()
    return this.duplicates
  }

  private lookUp(): void {
    while (this.distinct + this.batched > this.slots.length * LOAD_MAX) this.grow()
    const added = addAll(this.slots, this.batch, this.batched)
    this.distinct += added
    this.duplicates += this.batched - added
    this.batched = 0
  }

  private grow(): void {
    const entries = this.slots.filter((entry) => entry !== 0)
    this.slots = this.allocate(this.slots.length * 2)
    addAll(this.slots, entries, entries.length)
  }
}

/** Put entries into a table with linear probing; answers how many were not in it. */
function addAll(slots: Slots, entries: Slots, length: number): number {
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
